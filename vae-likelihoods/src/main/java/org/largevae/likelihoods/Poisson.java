package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/**
 * Independent counts: {@code log p(x|z) = sum_d (x_d log mu_d - mu_d - log x_d!)}. The decoder
 * gives log mu, kept within +-15. The variance is the mean; where counts vary more, as most do,
 * take a {@link NegativeBinomial}.
 *
 * <p>Computed in float64: in float32 the log-gamma function of a count above 10,000 is off by
 * hundredths.
 */
public final class Poisson implements Likelihood {
  /** exp(15) is 3.3 million; float32 holds whole numbers up to 16.8 million. */
  static final double LOG_MEAN_BOUND = 15;

  private final int dimensions;

  /**
   * A likelihood.
   *
   * @param data what the examples are made of
   */
  public Poisson(DataDescription data) {
    this.dimensions = data.dimensions();
  }

  /** One number a value, the log of the mean. */
  @Override
  public Shape parameters() {
    return new Shape(1, dimensions);
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind.equals(ValueKinds.COUNT);
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    NDArray logMean = ParameterArrays.split(parameters, dimensions, "Poisson", "log mean").get(0);
    return new Poissons(Tensors.clamp(logMean, -LOG_MEAN_BOUND, LOG_MEAN_BOUND));
  }

  /** Of shape (batch, D). */
  private record Poissons(NDArray logMean) implements IndependentValues {

    @Override
    public NDArray parameter() {
      return logMean;
    }

    @Override
    public NDArray logProbEach(NDArray x) {
      requireFit(x);
      NDArray count = Tensors.toFloat64(x);
      NDArray rate = Tensors.toFloat64(logMean);
      return count.mul(rate).sub(rate.exp()).sub(count.add(1).gammaln());
    }

    @Override
    public NDArray mean() {
      return logMean.exp();
    }

    @Override
    public NDArray sample(Shape leading, Noise noise) {
      double[] means = Tensors.toDoubles(mean());
      return noise.each(
          logMean.getManager(),
          leading.addAll(logMean.getShape()),
          (random, index) -> RandomNumbers.poisson(random, means[index % means.length]));
    }

    @Override
    public Poissons map(UnaryOperator<NDArray> change) {
      return new Poissons(change.apply(logMean));
    }
  }
}
