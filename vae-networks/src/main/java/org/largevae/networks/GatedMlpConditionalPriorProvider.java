package org.largevae.networks;

import org.largevae.api.prior.ConditionalPriorProvider;

/**
 * Makes {@link GatedMlpConditionalPrior}: {@code conditional-prior { type = gated-mlp, hidden =
 * [300, 300] }}.
 */
public final class GatedMlpConditionalPriorProvider
    extends ConditionalPriorProvider<GatedMlpConditionalPriorSettings> {
  /** The name in configurations. */
  public static final String NAME = "gated-mlp";

  /** Found by {@link java.util.ServiceLoader}. */
  public GatedMlpConditionalPriorProvider() {
    super(
        NAME,
        "Diagonal Gaussian given the levels above, by gated dense layers",
        GatedMlpConditionalPriorSettings.class,
        GatedMlpConditionalPrior::new);
  }
}
