package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
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
 * Independent Student t values: {@code log p(x|z) = sum_d (log Gamma((nu_d + 1) / 2) - log
 * Gamma(nu_d / 2) - 1/2 log(pi nu_d) - log s_d - (nu_d + 1) / 2 log(1 + t_d^2 / nu_d))}, {@code t =
 * (x - mu) / s}. The decoder gives the mean mu, as it is, log s, clamped to the settings' bounds,
 * and a number a with {@code nu = 2 + softplus(a)}, so that mean and variance exist. For real
 * values some of which lie far off.
 *
 * <p>Computed in float64: the log-gamma functions cancel.
 */
public final class StudentT implements Likelihood {
  private static final double LOG_PI = Math.log(Math.PI);

  /** By then it is a Gaussian to 1e-4 of its density. */
  private static final double MOST_FREEDOM = 1e4;

  private final StudentTSettings settings;
  private final int dimensions;

  /**
   * A likelihood.
   *
   * @param settings the bounds of log s
   * @param data what the examples are made of
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public StudentT(StudentTSettings settings, DataDescription data) {
    this.settings = SettingsSchema.check(settings);
    this.dimensions = data.dimensions();
  }

  /**
   * A likelihood with the default settings.
   *
   * @param data what the examples are made of
   */
  public StudentT(DataDescription data) {
    this(SettingsSchema.of(StudentTSettings.class).defaultValues(), data);
  }

  /** Three numbers a value: mean, log scale, and a with nu = 2 + softplus(a). */
  @Override
  public Shape parameters() {
    return new Shape(3, dimensions);
  }

  @Override
  public Optional<Likelihood> ofValues(int count) {
    DataDescription values = DataDescription.of(new DataShape(1, 1, count), ValueKinds.REAL);
    return Optional.of(new StudentT(settings, values));
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind.equals(ValueKinds.REAL);
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    NDList arrays =
        ParameterArrays.split(
            parameters, dimensions, "Student t", "mean", "log scale", "degrees of freedom");
    NDArray logScale = Tensors.clamp(arrays.get(1), settings.logScaleMin(), settings.logScaleMax());
    NDArray freedom = Tensors.softplus(Tensors.clamp(arrays.get(2), -MOST_FREEDOM, MOST_FREEDOM));
    return new StudentTs(arrays.get(0), logScale, freedom.add(2));
  }

  /** All of shape (batch, D). */
  private record StudentTs(NDArray mean, NDArray logScale, NDArray degreesOfFreedom)
      implements IndependentValues {

    @Override
    public NDArray parameter() {
      return mean;
    }

    @Override
    public NDArray logProbEach(NDArray x) {
      requireFit(x);
      NDArray nu = Tensors.toFloat64(degreesOfFreedom);
      NDArray scale = Tensors.toFloat64(logScale);
      NDArray half = Tensors.multiply(nu.add(1), 0.5);
      NDArray constant = half.gammaln().sub(Tensors.multiply(nu, 0.5).gammaln());
      NDArray logs = Tensors.multiply(nu.log().add(LOG_PI), 0.5).add(scale);
      NDArray deviation = Tensors.toFloat64(x).sub(Tensors.toFloat64(mean));
      NDArray squares = deviation.mul(scale.neg().exp()).square().div(nu);
      return constant.sub(logs).sub(half.mul(squares.add(1).log()));
    }

    /** {@code t = normal / sqrt(chi^2_nu / nu)}, chi^2_nu twice a gamma number of shape nu / 2. */
    @Override
    public NDArray sample(Shape leading, Noise noise) {
      double[] nu = Tensors.toDoubles(degreesOfFreedom);
      NDArray standard =
          noise.each(
              mean.getManager(),
              leading.addAll(mean.getShape()),
              (random, index) -> {
                double shape = nu[index % nu.length] / 2;
                double normal = random.nextGaussian();
                return normal * Math.sqrt(shape / RandomNumbers.gamma(random, shape));
              });
      return standard.mul(logScale.exp()).add(mean);
    }

    @Override
    public StudentTs map(UnaryOperator<NDArray> change) {
      return new StudentTs(
          change.apply(mean), change.apply(logScale), change.apply(degreesOfFreedom));
    }
  }
}
