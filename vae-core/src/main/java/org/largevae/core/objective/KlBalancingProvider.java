package org.largevae.core.objective;

import org.largevae.api.objective.ObjectiveProvider;

/** Makes {@link KlBalancingObjective}. Configured as {@code objective { type = kl-balancing }}. */
public final class KlBalancingProvider extends ObjectiveProvider<KlBalancingSettings> {
  /** The name in configurations. */
  public static final String NAME = "kl-balancing";

  /** Found by {@link java.util.ServiceLoader}. */
  public KlBalancingProvider() {
    super(
        NAME,
        "Evidence lower bound that charges little-used levels less while the weight of KL is below"
            + " 1",
        KlBalancingSettings.class,
        KlBalancingObjective::new);
  }
}
