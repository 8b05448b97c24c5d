package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Set;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Support;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/** A right likelihood of binary values that tests break in one place each. */
class Coin implements Likelihood {

  @Override
  public List<String> parameterNames() {
    return List.of("logits");
  }

  @Override
  public Set<Support> supports() {
    return Set.of(Support.BINARY);
  }

  @Override
  public NDArray logProb(NDArray x, NDList parameters, Pass pass) {
    return Tensors.sumLast(each(x, parameters.get(0)));
  }

  /** The log-probability of each value. */
  NDArray each(NDArray x, NDArray logits) {
    return Tensors.logSigmoid(logits.mul(Tensors.multiply(x, 2).sub(1)));
  }

  @Override
  public NDArray mean(NDList parameters, Pass pass) {
    return Tensors.sigmoid(parameters.get(0));
  }

  @Override
  public NDArray sample(NDList parameters, Pass pass) {
    NDArray logits = parameters.get(0);
    NDArray uniform = pass.manager().randomUniform(0, 1, logits.getShape(), logits.getDataType());
    return uniform.lt(Tensors.sigmoid(logits)).toType(logits.getDataType(), false);
  }
}
