package org.largevae.networks.posterior;

import org.largevae.api.network.PosteriorProvider;

/** Makes {@link PowerSphericalPosterior}: {@code posterior { type = power-spherical }}. */
public final class PowerSphericalPosteriorProvider
    extends PosteriorProvider<SpherePosteriorSettings> {
  /** The name in configurations. */
  public static final String NAME = "power-spherical";

  /** Found by {@link java.util.ServiceLoader}. */
  public PowerSphericalPosteriorProvider() {
    super(
        NAME,
        "Power spherical on the unit sphere, log q = kappa log(1 + mu'z) - log N(kappa)",
        SpherePosteriorSettings.class,
        PowerSphericalPosterior::new);
  }
}
