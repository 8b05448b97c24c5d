package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
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
 * Independent Gaussian values: {@code log p(x|z) = -1/2 sum_d (log 2 pi + log sigma_d^2 + (x_d -
 * mu_d)^2 / sigma_d^2)} (Kingma and Welling 2014, arXiv:1312.6114, appendix C.2). The decoder gives
 * the mean mu, as it is, and the log variance, clamped to the settings' bounds.
 *
 * <p>For real values, best standardised, since the default clamp fits deviations from 0.05 to 2.7;
 * and for 8-bit images as values of [0, 1], where the result is a density per unit of intensity,
 * not a probability of grey levels: add {@code D log(1/256)} to set it beside a {@link
 * DiscretizedLogistic}. There, and on any data with repeated values, the lower clamp alone keeps
 * the density from growing without bound. It does not take binary data for the same reason: nothing
 * but that clamp would be measured.
 */
public final class Gaussian implements Likelihood {
  private final GaussianSettings settings;
  private final int dimensions;
  private final boolean pixels;

  /**
   * A likelihood.
   *
   * @param settings the bounds of log sigma^2
   * @param data what the examples are made of; for pictures means and draws are pixel values
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public Gaussian(GaussianSettings settings, DataDescription data) {
    this.settings = SettingsSchema.check(settings);
    this.dimensions = data.dimensions();
    this.pixels = data.singleKind().equals(Optional.of(ValueKinds.GREY_LEVEL));
  }

  /**
   * A likelihood with the default settings.
   *
   * @param data what the examples are made of
   */
  public Gaussian(DataDescription data) {
    this(SettingsSchema.of(GaussianSettings.class).defaultValues(), data);
  }

  /** Two numbers a value, mean and log variance. */
  @Override
  public Shape parameters() {
    return new Shape(2, dimensions);
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind.equals(ValueKinds.REAL) || kind.equals(ValueKinds.GREY_LEVEL);
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    NDList arrays =
        ParameterArrays.split(parameters, dimensions, "Gaussian", "mean", "log variance");
    NDArray logVariance =
        Tensors.clamp(arrays.get(1), settings.logVarianceMin(), settings.logVarianceMax());
    DiagonalGaussian gaussian = new DiagonalGaussian(arrays.get(0), logVariance);
    return pixels ? new PixelGaussian(gaussian) : gaussian;
  }

  /** The same density, but its mean lies within the pixel values and a draw is the nearest one. */
  private record PixelGaussian(DiagonalGaussian gaussian) implements Factorised {

    @Override
    public Shape batch() {
      return gaussian.batch();
    }

    @Override
    public Shape event() {
      return gaussian.event();
    }

    @Override
    public NDArray logProb(NDArray x) {
      return gaussian.logProb(x);
    }

    @Override
    public NDArray logProbEach(NDArray x) {
      return gaussian.logProbEach(x);
    }

    @Override
    public NDArray mean() {
      return Tensors.clamp(gaussian.mean(), PixelValues.LOWEST, PixelValues.HIGHEST);
    }

    @Override
    public NDArray sample(Shape leading, Noise noise) {
      return PixelValues.nearest(gaussian.sample(leading, noise));
    }

    @Override
    public PixelGaussian map(UnaryOperator<NDArray> change) {
      return new PixelGaussian(gaussian.map(change));
    }
  }
}
