package org.largevae.networks.posterior;

import org.largevae.api.network.PosteriorProvider;

/** Makes {@link PlanarFlow}: {@code posterior { type = planar-flow, steps = 8 }}. */
public final class PlanarFlowProvider extends PosteriorProvider<PlanarFlowSettings> {
  /** The name in configurations. */
  public static final String NAME = "planar-flow";

  /** Found by {@link java.util.ServiceLoader}. */
  public PlanarFlowProvider() {
    super(
        NAME,
        "Gaussian mapped by planar steps, density of its own draws only",
        PlanarFlowSettings.class,
        PlanarFlow::new);
  }
}
