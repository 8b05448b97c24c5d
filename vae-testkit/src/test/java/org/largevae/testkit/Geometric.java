package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Noise;
import org.largevae.api.tensor.Tensors;

/** A right likelihood of counts: {@code p(x) = p (1 - p)^x}. */
class Geometric extends Family {

  Geometric(DataDescription data) {
    super(data, 1, ValueKinds.COUNT);
  }

  @Override
  NDArray each(NDArray x, NDArray parameters) {
    NDArray logits = parameter(parameters, 0);
    return x.mul(Tensors.logSigmoid(logits.neg())).add(Tensors.logSigmoid(logits));
  }

  @Override
  NDArray mean(NDArray parameters) {
    return parameter(parameters, 0).neg().exp();
  }

  @Override
  NDArray sample(NDArray parameters, Shape leading, Noise noise) {
    NDArray logits = parameter(parameters, 0);
    Shape shape = leading.addAll(logits.getShape());
    NDArray uniform = noise.uniform(parameters.getManager(), shape, DataType.FLOAT32).neg().add(1);
    return uniform.log().div(Tensors.logSigmoid(logits.neg())).floor();
  }
}
