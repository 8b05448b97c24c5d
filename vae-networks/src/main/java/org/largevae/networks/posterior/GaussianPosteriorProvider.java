package org.largevae.networks.posterior;

import org.largevae.api.network.PosteriorProvider;

/** Makes {@link GaussianPosterior}: {@code posterior { type = gaussian }}. */
public final class GaussianPosteriorProvider extends PosteriorProvider<GaussianPosteriorSettings> {
  /** The name in configurations. */
  public static final String NAME = "gaussian";

  /** Found by {@link java.util.ServiceLoader}. */
  public GaussianPosteriorProvider() {
    super(
        NAME,
        "Gaussian with diagonal covariance",
        GaussianPosteriorSettings.class,
        GaussianPosterior::new);
  }
}
