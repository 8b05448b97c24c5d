package org.largevae.likelihoods;

import org.largevae.api.likelihood.LikelihoodProvider;

/**
 * Makes {@link DiscretizedLogistic}: {@code likelihood { type = discretized-logistic, tails =
 * folded }}.
 */
public final class DiscretizedLogisticProvider
    extends LikelihoodProvider<DiscretizedLogisticSettings> {
  /** The name in configurations. */
  public static final String NAME = "discretized-logistic";

  /** Found by {@link java.util.ServiceLoader}. */
  public DiscretizedLogisticProvider() {
    super(
        NAME,
        "256 grey levels, each with a logistic distribution's mass in its bin",
        DiscretizedLogisticSettings.class,
        DiscretizedLogistic::new);
  }
}
