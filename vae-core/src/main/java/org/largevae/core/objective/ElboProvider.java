package org.largevae.core.objective;

import org.largevae.api.objective.ObjectiveProvider;

/** Makes {@link ElboObjective}. Configured as {@code objective { type = elbo }}. */
public final class ElboProvider extends ObjectiveProvider<ElboSettings> {
  /** The name in configurations. */
  public static final String NAME = "elbo";

  /** Found by {@link java.util.ServiceLoader}. */
  public ElboProvider() {
    super(
        NAME,
        "Evidence lower bound, -E_q[log p(x|z)] + beta KL",
        ElboSettings.class,
        ElboObjective::new);
  }
}
