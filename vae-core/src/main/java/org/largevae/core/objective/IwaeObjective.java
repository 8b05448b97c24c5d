package org.largevae.core.objective;

import ai.djl.ndarray.NDArray;
import org.largevae.api.component.NoSettings;
import org.largevae.api.model.Bound;
import org.largevae.api.model.Draws;
import org.largevae.api.objective.Loss;
import org.largevae.api.objective.Objective;
import org.largevae.api.tensor.Tensors;

/**
 * The negative importance-weighted bound, {@code -log 1/S sum_s p(x, z_s) / q(z_s|x)} (Burda et al.
 * 2016, arXiv:1509.00519, equation 8), with {@code training.samples} draws S. A weight beta of KL
 * scales it within each log weight.
 *
 * @param settings none
 */
public record IwaeObjective(NoSettings settings) implements Objective {

  /** The bound, which has no settings. */
  public IwaeObjective() {
    this(new NoSettings());
  }

  @Override
  public Loss loss(Draws draws, double beta) {
    Bound bound = draws.bound();
    NDArray logWeight = bound.reconstruction().sub(Tensors.multiply(bound.kl(), beta));
    return new Loss(
        bound(logWeight).mean().neg(), bound.reconstruction().mean(), bound.kl().mean());
  }

  /**
   * The bound of each example.
   *
   * @param logWeight shape (S, B)
   * @return log of the mean weight, in nats, shape (B)
   */
  static NDArray bound(NDArray logWeight) {
    return Tensors.logSumExp(logWeight, 0).sub(Math.log(logWeight.getShape().get(0)));
  }
}
