package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.distribution.Noise;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/**
 * A likelihood of independent bits, {@code p(x = 1) = sigmoid(l)}, so that the probabilities of all
 * examples can be summed.
 *
 * @param dimensions D
 */
record TestBits(int dimensions) implements Likelihood {

  @Override
  public Shape parameters() {
    return new Shape(1, dimensions);
  }

  @Override
  public Optional<Likelihood> ofValues(int count) {
    return Optional.of(new TestBits(count));
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind.equals(ValueKinds.BINARY);
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    return new Bits(parameters.squeeze(parameters.getShape().dimension() - 2));
  }

  private record Bits(NDArray logits) implements Factorised {

    @Override
    public Shape batch() {
      return logits.getShape().slice(0, logits.getShape().dimension() - 1);
    }

    @Override
    public Shape event() {
      return logits.getShape().slice(logits.getShape().dimension() - 1);
    }

    @Override
    public NDArray logProbEach(NDArray x) {
      return Tensors.logSigmoid(Tensors.multiply(x, 2).sub(1).mul(logits));
    }

    @Override
    public NDArray mean() {
      return Tensors.sigmoid(logits);
    }

    @Override
    public NDArray sample(Shape leading, Noise noise) {
      Shape shape = leading.addAll(logits.getShape());
      NDArray uniform = noise.uniform(logits.getManager(), shape, logits.getDataType());
      return uniform.lt(mean()).toType(logits.getDataType(), false);
    }

    @Override
    public Bits map(UnaryOperator<NDArray> change) {
      return new Bits(change.apply(logits));
    }
  }
}
