package org.largevae.networks.posterior;

import org.largevae.api.network.PosteriorProvider;

/** Makes {@link VonMisesFisherPosterior}: {@code posterior { type = von-mises-fisher }}. */
public final class VonMisesFisherPosteriorProvider
    extends PosteriorProvider<SpherePosteriorSettings> {
  /** The name in configurations. */
  public static final String NAME = "von-mises-fisher";

  /** Found by {@link java.util.ServiceLoader}. */
  public VonMisesFisherPosteriorProvider() {
    super(
        NAME,
        "Von Mises-Fisher on the unit sphere, log q = kappa mu'z + log C(kappa)",
        SpherePosteriorSettings.class,
        VonMisesFisherPosterior::new);
  }
}
