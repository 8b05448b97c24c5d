package org.largevae.priors.flow;

import org.largevae.api.prior.PriorProvider;

/** Makes {@link RealNvp}: {@code prior { type = realnvp, couplings = 8 }}. */
public final class RealNvpProvider extends PriorProvider<RealNvpSettings> {
  /** The name in configurations. */
  public static final String NAME = "realnvp";

  /** Found by {@link java.util.ServiceLoader}. */
  public RealNvpProvider() {
    super(
        NAME,
        "RealNVP flow, affine couplings of the latents' halves, exact density",
        RealNvpSettings.class,
        RealNvp::new);
  }
}
