package org.largevae.networks.posterior;

import org.largevae.api.network.PosteriorProvider;

/** Makes {@link FullCovariancePosterior}: {@code posterior { type = full-covariance }}. */
public final class FullCovariancePosteriorProvider
    extends PosteriorProvider<GaussianPosteriorSettings> {
  /** The name in configurations. */
  public static final String NAME = "full-covariance";

  /** Found by {@link java.util.ServiceLoader}. */
  public FullCovariancePosteriorProvider() {
    super(
        NAME,
        "Gaussian of any covariance, by its Cholesky factor",
        GaussianPosteriorSettings.class,
        FullCovariancePosterior::new);
  }
}
