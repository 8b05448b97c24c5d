package org.largevae.networks.posterior;

import org.largevae.api.network.PosteriorProvider;

/** Makes {@link LowRankPosterior}: {@code posterior { type = low-rank, rank = 5 }}. */
public final class LowRankPosteriorProvider extends PosteriorProvider<LowRankPosteriorSettings> {
  /** The name in configurations. */
  public static final String NAME = "low-rank";

  /** Found by {@link java.util.ServiceLoader}. */
  public LowRankPosteriorProvider() {
    super(
        NAME,
        "Gaussian whose covariance is diagonal plus a matrix of low rank",
        LowRankPosteriorSettings.class,
        LowRankPosterior::new);
  }
}
