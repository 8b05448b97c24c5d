package org.largevae.priors;

import org.largevae.api.prior.PriorProvider;

/** Makes {@link AggregatedPosterior}: {@code prior { type = aggregated-posterior }}. */
public final class AggregatedPosteriorProvider extends PriorProvider<ExemplarSettings> {
  /** The name in configurations. */
  public static final String NAME = "aggregated-posterior";

  /** Found by {@link java.util.ServiceLoader}. */
  public AggregatedPosteriorProvider() {
    super(
        NAME,
        "Aggregated posterior, p(z) = 1/K sum_n q(z | x_n) over training examples",
        ExemplarSettings.class,
        AggregatedPosterior::new);
  }
}
