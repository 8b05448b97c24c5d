package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.distribution.Noise;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/**
 * Independent positive values whose logarithms are Gaussian: {@code log p(x|z) = sum_d (log N(log
 * x_d | mu_d, sigma_d^2) - log x_d)}. The decoder gives mu, kept within +-50 so that exp(mu) is a
 * number, and log sigma^2, clamped to the settings' bounds. Best for values scaled to a geometric
 * mean of 1, so that mu starts in the right place.
 */
public final class LogNormal implements Likelihood {
  private static final double FARTHEST = 50;

  private final LogNormalSettings settings;
  private final int dimensions;

  /**
   * A likelihood.
   *
   * @param settings the bounds of log sigma^2
   * @param data what the examples are made of
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public LogNormal(LogNormalSettings settings, DataDescription data) {
    this.settings = SettingsSchema.check(settings);
    this.dimensions = data.dimensions();
  }

  /**
   * A likelihood with the default settings.
   *
   * @param data what the examples are made of
   */
  public LogNormal(DataDescription data) {
    this(SettingsSchema.of(LogNormalSettings.class).defaultValues(), data);
  }

  /** Two numbers a value, mean and log variance of its logarithm. */
  @Override
  public Shape parameters() {
    return new Shape(2, dimensions);
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind.equals(ValueKinds.POSITIVE);
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    NDList arrays =
        ParameterArrays.split(parameters, dimensions, "log-normal", "mean", "log variance");
    NDArray logVariance =
        Tensors.clamp(arrays.get(1), settings.logVarianceMin(), settings.logVarianceMax());
    return new LogNormals(
        new DiagonalGaussian(Tensors.clamp(arrays.get(0), -FARTHEST, FARTHEST), logVariance));
  }

  /** Of the logarithms' distribution. */
  private record LogNormals(DiagonalGaussian logarithms) implements Factorised {

    @Override
    public Shape batch() {
      return logarithms.batch();
    }

    @Override
    public Shape event() {
      return logarithms.event();
    }

    @Override
    public NDArray logProbEach(NDArray x) {
      NDArray logarithm = x.log();
      return logarithms.logProbEach(logarithm).sub(logarithm);
    }

    /** {@code exp(mu + sigma^2 / 2)}. */
    @Override
    public NDArray mean() {
      NDArray variance = logarithms.logVariance().exp();
      return Tensors.multiply(variance, 0.5).add(logarithms.mean()).exp();
    }

    @Override
    public NDArray sample(Shape leading, Noise noise) {
      return logarithms.sample(leading, noise).exp();
    }

    @Override
    public LogNormals map(UnaryOperator<NDArray> change) {
      return new LogNormals(logarithms.map(change));
    }
  }
}
