package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Set;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Support;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/** A right likelihood of real values, Gaussian, that tests break in one place each. */
class Bell implements Likelihood {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  @Override
  public List<String> parameterNames() {
    return List.of("mean", "log-variance");
  }

  @Override
  public Set<Support> supports() {
    return Set.of(Support.REAL);
  }

  double constant() {
    return LOG_2PI;
  }

  @Override
  public NDArray logProb(NDArray x, NDList parameters, Pass pass) {
    NDArray logVariance = logVariance(parameters);
    NDArray squares = parameters.get(0).sub(x).square().mul(logVariance.neg().exp());
    return Tensors.multiply(Tensors.sumLast(squares.add(logVariance).add(constant())), -0.5);
  }

  @Override
  public NDArray mean(NDList parameters, Pass pass) {
    return parameters.get(0);
  }

  @Override
  public NDArray sample(NDList parameters, Pass pass) {
    NDArray mean = parameters.get(0);
    NDArray noise = pass.manager().randomNormal(mean.getShape(), mean.getDataType());
    return noise.mul(Tensors.multiply(logVariance(parameters), 0.5).exp()).add(mean);
  }

  private static NDArray logVariance(NDList parameters) {
    return Tensors.clamp(parameters.get(1), -6, 4);
  }
}
