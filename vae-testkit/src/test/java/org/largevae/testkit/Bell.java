package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Noise;
import org.largevae.api.tensor.Tensors;

/** A right likelihood of real values, Gaussian, that tests break in one place each. */
class Bell extends Family {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  Bell(DataDescription data) {
    super(data, 2, ValueKinds.REAL);
  }

  double constant() {
    return LOG_2PI;
  }

  @Override
  NDArray each(NDArray x, NDArray parameters) {
    NDArray logVariance = logVariance(parameters);
    NDArray squares = x.sub(mean(parameters)).square().mul(logVariance.neg().exp());
    return Tensors.multiply(squares.add(logVariance).add(constant()), -0.5);
  }

  @Override
  NDArray mean(NDArray parameters) {
    return parameter(parameters, 0);
  }

  @Override
  NDArray sample(NDArray parameters, Shape leading, Noise noise) {
    NDArray mean = mean(parameters);
    Shape shape = leading.addAll(mean.getShape());
    NDArray normal = noise.normal(parameters.getManager(), shape, mean.getDataType());
    return normal.mul(Tensors.multiply(logVariance(parameters), 0.5).exp()).add(mean);
  }

  private static NDArray logVariance(NDArray parameters) {
    return Tensors.clamp(parameter(parameters, 1), -6, 4);
  }
}
