package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Noise;
import org.largevae.api.tensor.Tensors;

/** A right likelihood of positive values: {@code p(x) = exp(-x / m) / m}. */
class Exponential extends Family {

  Exponential(DataDescription data) {
    super(data, 1, ValueKinds.POSITIVE);
  }

  @Override
  NDArray each(NDArray x, NDArray parameters) {
    NDArray logMean = logMean(parameters);
    return x.mul(logMean.neg().exp()).add(logMean).neg();
  }

  @Override
  NDArray mean(NDArray parameters) {
    return logMean(parameters).exp();
  }

  @Override
  NDArray sample(NDArray parameters, Shape leading, Noise noise) {
    NDArray mean = mean(parameters);
    Shape shape = leading.addAll(mean.getShape());
    return noise
        .uniform(parameters.getManager(), shape, DataType.FLOAT32)
        .neg()
        .add(1)
        .log()
        .neg()
        .mul(mean);
  }

  private static NDArray logMean(NDArray parameters) {
    return Tensors.clamp(parameter(parameters, 0), -20, 20);
  }
}
