package org.largevae.core.objective;

import ai.djl.ndarray.NDArray;
import java.util.Locale;
import org.largevae.api.component.ClassNames;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.model.Bound;
import org.largevae.api.model.Draws;
import org.largevae.api.objective.Loss;
import org.largevae.api.objective.Objective;
import org.largevae.api.tensor.Tensors;

/**
 * The negative evidence lower bound, {@code -E_q[log p(x|z)] + beta KL(q(z|x) || p(z))} (Kingma and
 * Welling 2014, arXiv:1312.6114, equation 3; with a weight beta Higgins et al. 2017).
 *
 * @param settings how KL is computed
 */
public record ElboObjective(ElboSettings settings) implements Objective {

  /** With KL from the draws. */
  public ElboObjective() {
    this(new ElboSettings(ElboSettings.Divergence.SAMPLED));
  }

  @Override
  public Loss loss(Draws draws, double beta) {
    Bound bound = draws.bound();
    NDArray reconstruction = bound.reconstruction().mean();
    NDArray kl =
        settings.kl() == ElboSettings.Divergence.SAMPLED ? bound.kl().mean() : analytic(bound);
    return new Loss(Tensors.multiply(kl, beta).sub(reconstruction), reconstruction, kl);
  }

  private static NDArray analytic(Bound bound) {
    return bound.levels().stream().map(ElboObjective::analytic).reduce(NDArray::add).orElseThrow();
  }

  private static NDArray analytic(Bound.Level level) {
    return level
        .posterior()
        .divergence(level.prior())
        .orElseThrow(
            () ->
                new ConfigurationException(
                    String.format(
                        Locale.ROOT,
                        "training.objective.kl = analytic: the divergence of a %s from a %s has no"
                            + " closed form; use sampled",
                        ClassNames.of(level.posterior().getClass()),
                        ClassNames.of(level.prior().getClass()))))
        .mean();
  }
}
