package org.largevae.priors.flow;

import org.largevae.api.prior.PriorProvider;

/**
 * Makes {@link MaskedAutoregressiveFlow}: {@code prior { type = masked-autoregressive-flow, layers
 * = 5 }}.
 */
public final class MaskedAutoregressiveFlowProvider
    extends PriorProvider<MaskedAutoregressiveFlowSettings> {
  /** The name in configurations. */
  public static final String NAME = "masked-autoregressive-flow";

  /** Found by {@link java.util.ServiceLoader}. */
  public MaskedAutoregressiveFlowProvider() {
    super(
        NAME,
        "Masked autoregressive flow, exact density in one pass, sampling in M",
        MaskedAutoregressiveFlowSettings.class,
        MaskedAutoregressiveFlow::new);
  }
}
