package org.largevae.core.objective;

import org.largevae.api.component.NoSettings;
import org.largevae.api.model.Bound;
import org.largevae.api.model.Draws;
import org.largevae.api.objective.Loss;
import org.largevae.api.objective.Objective;

/**
 * The negative evidence lower bound with the path derivative: the posterior's parameters get a
 * gradient through z alone, without the score of log q, whose expectation is 0 (Roeder et al. 2017,
 * arXiv:1703.09194). Unbiased, and without variance where q(z|x) is the true posterior.
 *
 * @param settings none
 */
public record StickingTheLandingObjective(NoSettings settings) implements Objective {

  /** The objective, which has no settings. */
  public StickingTheLandingObjective() {
    this(new NoSettings());
  }

  @Override
  public Loss loss(Draws draws, double beta) {
    Bound bound = draws.bound();
    return new Loss(
        DetachedPosterior.logWeight(bound, beta, StickingTheLandingProvider.NAME).mean().neg(),
        bound.reconstruction().mean(),
        bound.kl().mean());
  }
}
