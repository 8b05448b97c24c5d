package org.largevae.priors;

import org.largevae.api.prior.PriorProvider;

/** Makes {@link ExemplarPrior}: {@code prior { type = exemplar }}. */
public final class ExemplarPriorProvider extends PriorProvider<ExemplarSettings> {
  /** The name in configurations. */
  public static final String NAME = "exemplar";

  /** Found by {@link java.util.ServiceLoader}. */
  public ExemplarPriorProvider() {
    super(
        NAME,
        "Exemplar prior, p(z) = 1/K sum_n N(z; mu(x_n), sigma^2 I) over training examples",
        ExemplarSettings.class,
        ExemplarPrior::new);
  }
}
