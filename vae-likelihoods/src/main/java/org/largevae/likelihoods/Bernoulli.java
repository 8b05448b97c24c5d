package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Set;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Support;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/**
 * Independent binary values: {@code log p(x|z) = sum_d x_d l_d - softplus(l_d)} with logits l.
 * Values other than 0 and 1 have no meaning here.
 */
public final class Bernoulli implements Likelihood {
  private static final List<String> PARAMETERS = List.of("logits");

  @Override
  public List<String> parameterNames() {
    return PARAMETERS;
  }

  @Override
  public Set<Support> supports() {
    return Set.of(Support.BINARY);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ShapeException if there is not one array of logits, or it does not fit x
   */
  @Override
  public NDArray logProb(NDArray x, NDList parameters, Pass pass) {
    ParameterArrays.check(BernoulliProvider.NAME, PARAMETERS, parameters, x);
    NDArray logits = parameters.get(0);
    // For x in {0, 1}, x l - softplus(l) = -softplus((1 - 2x) l); this way nothing cancels, so a
    // value predicted with near certainty keeps its digits.
    NDArray sign = Tensors.multiply(x, -2).add(1);
    return Tensors.sumLast(Tensors.softplus(logits.mul(sign))).neg();
  }

  /**
   * {@inheritDoc}
   *
   * <p>It is {@code sigmoid(l)}, the probability of a 1.
   *
   * @throws ShapeException if there is not one array of logits
   */
  @Override
  public NDArray mean(NDList parameters, Pass pass) {
    ParameterArrays.check(BernoulliProvider.NAME, PARAMETERS, parameters);
    return Tensors.sigmoid(parameters.get(0));
  }

  /**
   * {@inheritDoc}
   *
   * @throws ShapeException if there is not one array of logits
   */
  @Override
  public NDArray sample(NDList parameters, Pass pass) {
    NDArray probability = mean(parameters, pass);
    NDArray uniform =
        probability
            .getManager()
            .randomUniform(0, 1, probability.getShape(), probability.getDataType());
    // uniform is below 1, so a probability of 1 always gives 1, and of 0 never
    return uniform.lt(probability).toType(probability.getDataType(), false);
  }
}
