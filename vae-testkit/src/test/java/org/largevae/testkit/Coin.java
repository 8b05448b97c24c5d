package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Noise;
import org.largevae.api.tensor.Tensors;

/** A right likelihood of binary values that tests break in one place each. */
class Coin extends Family {

  Coin(DataDescription data) {
    super(data, 1, ValueKinds.BINARY);
  }

  @Override
  NDArray each(NDArray x, NDArray parameters) {
    return of(x, parameter(parameters, 0));
  }

  NDArray of(NDArray x, NDArray logits) {
    return Tensors.logSigmoid(Tensors.multiply(x, 2).sub(1).mul(logits));
  }

  @Override
  NDArray mean(NDArray parameters) {
    return Tensors.sigmoid(parameter(parameters, 0));
  }

  @Override
  NDArray sample(NDArray parameters, Shape leading, Noise noise) {
    NDArray logits = parameter(parameters, 0);
    Shape shape = leading.addAll(logits.getShape());
    NDArray uniform = noise.uniform(parameters.getManager(), shape, logits.getDataType());
    return uniform.lt(Tensors.sigmoid(logits)).toType(logits.getDataType(), false);
  }
}
