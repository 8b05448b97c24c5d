package org.largevae.priors;

import org.largevae.api.prior.PriorProvider;

/** Makes {@link VampPrior}: {@code prior { type = vampprior, pseudo-inputs = 500 }}. */
public final class VampPriorProvider extends PriorProvider<VampPriorSettings> {
  /** The name in configurations. */
  public static final String NAME = "vampprior";

  /** Found by {@link java.util.ServiceLoader}. */
  public VampPriorProvider() {
    super(
        NAME,
        "Variational mixture of posteriors, p(z) = sum_k w_k q(z | u_k), trained pseudo-inputs",
        VampPriorSettings.class,
        VampPrior::new);
  }
}
