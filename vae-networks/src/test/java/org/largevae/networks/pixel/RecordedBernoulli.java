package org.largevae.networks.pixel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ValueKind;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.distribution.Noise;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/** Independent binary values, {@code p(x = 1) = sigmoid(l)}, that remember the logits given. */
final class RecordedBernoulli implements Likelihood {
  private final int dimensions;
  private final List<float[]> logits;

  RecordedBernoulli(int dimensions) {
    this(dimensions, new ArrayList<>());
  }

  private RecordedBernoulli(int dimensions, List<float[]> logits) {
    this.dimensions = dimensions;
    this.logits = logits;
  }

  /** All logits that were given since this was last asked, call by call. */
  List<float[]> recorded() {
    List<float[]> values = List.copyOf(logits);
    logits.clear();
    return values;
  }

  @Override
  public Shape parameters() {
    return new Shape(1, dimensions);
  }

  @Override
  public Optional<Likelihood> ofValues(int count) {
    return Optional.of(new RecordedBernoulli(count, logits));
  }

  @Override
  public boolean supports(ValueKind kind) {
    return true;
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    logits.add(parameters.toFloatArray());
    return new Values(parameters.squeeze(parameters.getShape().dimension() - 2));
  }

  private record Values(NDArray logits) implements Factorised {

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
      return Tensors.logSigmoid(logits.mul(Tensors.multiply(x, 2).sub(1)));
    }

    @Override
    public NDArray mean() {
      return Tensors.sigmoid(logits);
    }

    @Override
    public NDArray sample(Shape leading, Noise noise) {
      NDArray uniform =
          noise.uniform(logits.getManager(), leading.addAll(logits.getShape()), DataType.FLOAT32);
      return uniform.lt(mean()).toType(DataType.FLOAT32, false);
    }

    @Override
    public Values map(UnaryOperator<NDArray> change) {
      return new Values(change.apply(logits));
    }
  }
}
