package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/**
 * Independent binary values, {@code p(x_d = 1|z) = sigmoid(l_d)}: {@code log p(x|z) = sum_d x_d l_d
 * - softplus(l_d)}, with the logits l from the decoder (Kingma and Welling 2014, arXiv:1312.6114,
 * appendix C.1). Values other than 0 and 1 have no meaning here.
 */
public final class Bernoulli implements Likelihood {
  private final int dimensions;

  /**
   * A likelihood.
   *
   * @param data what the examples are made of
   */
  public Bernoulli(DataDescription data) {
    this.dimensions = data.dimensions();
  }

  /** One number a value, the logit. */
  @Override
  public Shape parameters() {
    return new Shape(1, dimensions);
  }

  @Override
  public Optional<Likelihood> ofValues(int count) {
    DataDescription values = DataDescription.of(new DataShape(1, 1, count), ValueKinds.BINARY);
    return Optional.of(new Bernoulli(values));
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind.equals(ValueKinds.BINARY);
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    return new Bernoullis(
        ParameterArrays.split(parameters, dimensions, "Bernoulli", "logits").get(0));
  }

  /** Of logits of shape (batch, D). */
  private record Bernoullis(NDArray logits) implements Factorised {

    @Override
    public Shape batch() {
      return logits.getShape().slice(0, logits.getShape().dimension() - 1);
    }

    @Override
    public Shape event() {
      return logits.getShape().slice(logits.getShape().dimension() - 1);
    }

    @Override
    public NDArray logProb(NDArray x) {
      return Tensors.sumLast(negativeLogProbEach(x)).neg();
    }

    @Override
    public NDArray logProbEach(NDArray x) {
      return negativeLogProbEach(x).neg();
    }

    /**
     * For x in {0, 1}, x l - softplus(l) = -softplus((1 - 2x) l); this way nothing cancels, so a
     * value predicted with near certainty keeps its digits.
     */
    private NDArray negativeLogProbEach(NDArray x) {
      Shapes.requireFit(x, batch(), event().get(0));
      NDArray sign = Tensors.multiply(x, -2).add(1);
      return Tensors.softplus(logits.mul(sign));
    }

    /** {@code sigmoid(l)}, the probability of a 1. */
    @Override
    public NDArray mean() {
      return Tensors.sigmoid(logits);
    }

    @Override
    public NDArray sample(Shape leading, Noise noise) {
      NDArray probability = mean();
      NDArray uniform =
          noise.uniform(
              probability.getManager(),
              leading.addAll(probability.getShape()),
              probability.getDataType());
      // uniform is below 1, so a probability of 1 always gives 1, and of 0 never
      return uniform.lt(probability).toType(probability.getDataType(), false);
    }

    @Override
    public Bernoullis map(UnaryOperator<NDArray> change) {
      return new Bernoullis(change.apply(logits));
    }
  }
}
