package org.largevae.priors;

import org.largevae.api.prior.PriorProvider;

/**
 * Makes {@link GaussianMixturePrior}: {@code prior { type = gaussian-mixture, components = 500 }}.
 */
public final class GaussianMixturePriorProvider
    extends PriorProvider<GaussianMixturePriorSettings> {
  /** The name in configurations. */
  public static final String NAME = "gaussian-mixture";

  /** Found by {@link java.util.ServiceLoader}. */
  public GaussianMixturePriorProvider() {
    super(
        NAME,
        "Mixture of Gaussians, p(z) = sum_k w_k N(z | mu_k, diag sigma_k^2), all trained",
        GaussianMixturePriorSettings.class,
        GaussianMixturePrior::new);
  }
}
