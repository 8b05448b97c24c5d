package org.largevae.core.objective;

import org.largevae.api.config.Setting;

/**
 * The settings of {@link ElboObjective}.
 *
 * @param kl how the divergence is computed
 */
public record ElboSettings(
    @Setting(
            value = "sampled",
            meaning =
                "KL(q(z|x) || p(z)) by its Monte Carlo terms, or in closed form where there is one")
        Divergence kl) {

  /** How the divergence of the posterior from the prior is computed. */
  public enum Divergence {
    /** From log q(z|x) - log p(z) at the draws of z. */
    SAMPLED,
    /** In closed form, which not every pair of a posterior and a prior has. */
    ANALYTIC
  }
}
