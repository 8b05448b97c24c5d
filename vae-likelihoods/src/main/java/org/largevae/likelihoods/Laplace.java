package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/**
 * Independent Laplace values: {@code log p(x|z) = -sum_d (log 2 + log s_d + |x_d - mu_d| / s_d)}.
 * The decoder gives the median mu, as it is, and log s, clamped to the settings' bounds. It has
 * heavier tails than a {@link Gaussian}, so that single values far off count for less.
 */
public final class Laplace implements Likelihood {
  private static final double LOG_2 = Math.log(2);

  private final LaplaceSettings settings;
  private final int dimensions;

  /**
   * A likelihood.
   *
   * @param settings the bounds of log s
   * @param data what the examples are made of
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public Laplace(LaplaceSettings settings, DataDescription data) {
    this.settings = SettingsSchema.check(settings);
    this.dimensions = data.dimensions();
  }

  /**
   * A likelihood with the default settings.
   *
   * @param data what the examples are made of
   */
  public Laplace(DataDescription data) {
    this(SettingsSchema.of(LaplaceSettings.class).defaultValues(), data);
  }

  /** Two numbers a value, median and log scale. */
  @Override
  public Shape parameters() {
    return new Shape(2, dimensions);
  }

  @Override
  public Optional<Likelihood> ofValues(int count) {
    DataDescription values = DataDescription.of(new DataShape(1, 1, count), ValueKinds.REAL);
    return Optional.of(new Laplace(settings, values));
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind.equals(ValueKinds.REAL);
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    NDList arrays = ParameterArrays.split(parameters, dimensions, "Laplace", "median", "log scale");
    return new Laplaces(
        arrays.get(0),
        Tensors.clamp(arrays.get(1), settings.logScaleMin(), settings.logScaleMax()));
  }

  /** Both of shape (batch, D). */
  private record Laplaces(NDArray mean, NDArray logScale) implements IndependentValues {

    @Override
    public NDArray parameter() {
      return mean;
    }

    @Override
    public NDArray logProbEach(NDArray x) {
      requireFit(x);
      return x.sub(mean).abs().mul(logScale.neg().exp()).add(logScale).add(LOG_2).neg();
    }

    /** The inverse of the distribution function: an exponential number with a sign. */
    @Override
    public NDArray sample(Shape leading, Noise noise) {
      Shape shape = leading.addAll(mean.getShape());
      // in float64, since in float32 the logarithm would end at 17 scales
      NDArray uniform = noise.uniform(mean.getManager(), shape, DataType.FLOAT64).sub(0.5);
      // 1 - 2 |u| is 0 for u = -1/2 alone, which is moved to the next number
      NDArray tail = Tensors.multiply(uniform.abs(), -2).add(1);
      NDArray standard = Tensors.clamp(tail, Math.ulp(0.5), 1).log().mul(uniform.sign()).neg();
      return standard.toType(mean.getDataType(), false).mul(logScale.exp()).add(mean);
    }

    @Override
    public Laplaces map(UnaryOperator<NDArray> change) {
      return new Laplaces(change.apply(mean), change.apply(logScale));
    }
  }
}
