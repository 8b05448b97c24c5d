package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Noise;
import org.largevae.api.tensor.Tensors;

/** A right likelihood of one of three categories. */
class Categories extends Family {

  Categories(DataDescription data) {
    super(data, 3, ValueKinds.category(3));
  }

  private static NDArray logProbabilities(NDArray parameters) {
    int axis = parameters.getShape().dimension() - 2;
    return parameters.sub(Tensors.logSumExp(parameters, axis).expandDims(axis));
  }

  @Override
  NDArray each(NDArray x, NDArray parameters) {
    NDArray all = logProbabilities(parameters);
    NDArray sum = null;
    for (int category = 0; category < count; category++) {
      NDArray chosen = x.eq(category).toType(all.getDataType(), false);
      NDArray part = chosen.mul(parameter(all, category));
      sum = sum == null ? part : sum.add(part);
    }
    return sum;
  }

  @Override
  NDArray mean(NDArray parameters) {
    NDArray probabilities = logProbabilities(parameters).exp();
    return parameter(probabilities, 1).add(Tensors.multiply(parameter(probabilities, 2), 2));
  }

  @Override
  NDArray pointEstimate(NDArray parameters) {
    int axis = parameters.getShape().dimension() - 2;
    return parameters.argMax(axis).toType(DataType.FLOAT32, false);
  }

  @Override
  NDArray sample(NDArray parameters, Shape leading, Noise noise) {
    NDArray probabilities = logProbabilities(parameters).exp();
    NDArray first = parameter(probabilities, 0);
    NDArray second = first.add(parameter(probabilities, 1));
    Shape shape = leading.addAll(first.getShape());
    NDArray uniform = noise.uniform(parameters.getManager(), shape, DataType.FLOAT32);
    NDArray above = uniform.gt(first).toType(DataType.FLOAT32, false);
    return above.add(uniform.gt(second).toType(DataType.FLOAT32, false));
  }
}
