package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/**
 * Independent numbers of [0, 1]: {@code log p(x|z) = sum_d x_d log lambda_d + (1 - x_d) log(1 -
 * lambda_d) + log C(lambda_d)}, {@code C(lambda) = 2 atanh(1 - 2 lambda) / (1 - 2 lambda)}
 * (Loaiza-Ganem and Cunningham 2019, arXiv:1907.06845). The decoder gives the logits {@code l = log
 * lambda / (1 - lambda)}, in which {@code C = l / tanh(l / 2)}.
 *
 * <p>What a Bernoulli with values between 0 and 1 leaves out is C, without which it is no density.
 * For grey levels the result is a density per unit of intensity, not a probability: add {@code D
 * log(1/256)} to set it beside a {@link DiscretizedLogistic}. Draws are the nearest grey levels.
 */
public final class ContinuousBernoulli implements Likelihood {
  private final int dimensions;

  /**
   * A likelihood.
   *
   * @param data what the examples are made of
   */
  public ContinuousBernoulli(DataDescription data) {
    this.dimensions = data.dimensions();
  }

  /** One number a value, the logit. */
  @Override
  public Shape parameters() {
    return new Shape(1, dimensions);
  }

  @Override
  public Optional<Likelihood> ofValues(int count) {
    DataDescription values = DataDescription.of(new DataShape(1, 1, count), ValueKinds.GREY_LEVEL);
    return Optional.of(new ContinuousBernoulli(values));
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind.equals(ValueKinds.GREY_LEVEL);
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    return new ContinuousBernoullis(
        ParameterArrays.split(parameters, dimensions, "continuous Bernoulli", "logits").get(0));
  }

  /** Of logits of shape (batch, D). */
  private record ContinuousBernoullis(NDArray logits) implements IndependentValues {
    /** Nearer to 0 than this, series take the place of 0 / 0; their next terms are below 1e-13. */
    private static final double SMALL = 0.02;

    @Override
    public NDArray parameter() {
      return logits;
    }

    @Override
    public NDArray logProbEach(NDArray x) {
      requireFit(x);
      return x.mul(logits).sub(Tensors.softplus(logits)).add(logNormaliser());
    }

    /** {@code log C = log(l / tanh(l / 2)) = log 2 + l^2/12 - 7 l^4/1440 + ...}. */
    private NDArray logNormaliser() {
      NDArray large = large();
      NDArray exact = large.log().sub(Tensors.multiply(large, 0.5).tanh().log());
      NDArray squares = small().square();
      NDArray series =
          Tensors.multiply(squares, 1.0 / 12)
              .add(Tensors.multiply(squares.square(), -7.0 / 1440))
              .add(Math.log(2));
      return NDArrays.where(isSmall(), series, exact);
    }

    /** {@code 1/2 + coth(l / 2) / 2 - 1/l = 1/2 + l/12 - l^3/720 + ...}. */
    @Override
    public NDArray mean() {
      NDArray large = large();
      NDArray half = Tensors.divide(0.5, Tensors.multiply(large, 0.5).tanh());
      NDArray exact = half.sub(Tensors.divide(1, large)).mul(logits.sign());
      NDArray small = small();
      NDArray series =
          Tensors.multiply(small, 1.0 / 12)
              .add(Tensors.multiply(Tensors.power(small, 3), -1.0 / 720));
      return NDArrays.where(isSmall(), series, exact).add(0.5);
    }

    /** The inverse of the distribution function at |l|, mirrored where l is positive. */
    @Override
    public NDArray sample(Shape leading, Noise noise) {
      Shape shape = leading.addAll(logits.getShape());
      NDArray uniform = noise.uniform(logits.getManager(), shape, DataType.FLOAT64);
      NDArray rate = Tensors.toFloat64(Tensors.clamp(logits.abs(), 1e-6, Double.POSITIVE_INFINITY));
      NDArray low = uniform.mul(rate.neg().exp().sub(1)).add(1).log().div(rate).neg();
      NDArray value = NDArrays.where(logits.gt(0).broadcast(shape), low.neg().add(1), low);
      return PixelValues.nearest(value).toType(logits.getDataType(), false);
    }

    private NDArray isSmall() {
      return logits.abs().lt(SMALL);
    }

    /** |l|, and 1 where it is small: what is computed there is not used, but has a gradient. */
    private NDArray large() {
      return NDArrays.where(isSmall(), logits.onesLike(), logits.abs());
    }

    /** l where it is small, else 0. */
    private NDArray small() {
      return NDArrays.where(isSmall(), logits, logits.zerosLike());
    }

    @Override
    public ContinuousBernoullis map(UnaryOperator<NDArray> change) {
      return new ContinuousBernoullis(change.apply(logits));
    }
  }
}
