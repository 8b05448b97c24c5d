package org.largevae.networks.posterior;

import org.largevae.api.network.PosteriorProvider;

/**
 * Makes {@link InverseAutoregressiveFlow}: {@code posterior { type = inverse-autoregressive-flow,
 * steps = 4 }}.
 */
public final class InverseAutoregressiveFlowProvider
    extends PosteriorProvider<InverseAutoregressiveFlowSettings> {
  /** The name in configurations. */
  public static final String NAME = "inverse-autoregressive-flow";

  /** Found by {@link java.util.ServiceLoader}. */
  public InverseAutoregressiveFlowProvider() {
    super(
        NAME,
        "Gaussian mapped by autoregressive steps, density of its own draws only",
        InverseAutoregressiveFlowSettings.class,
        InverseAutoregressiveFlow::new);
  }
}
