package org.largevae.priors.reweighted;

import org.largevae.api.prior.PriorProvider;

/** Makes {@link LarsPrior}: {@code prior { type = lars, truncation = 100 }}. */
public final class LarsPriorProvider extends PriorProvider<LarsSettings> {
  /** The name in configurations. */
  public static final String NAME = "lars";

  /** Found by {@link java.util.ServiceLoader}. */
  public LarsPriorProvider() {
    super(
        NAME,
        "Learnt accept/reject sampling, p(z) = N(z | 0, I) (a(z) (1 - alpha) / Z + alpha), an"
            + " estimated density",
        LarsSettings.class,
        LarsPrior::new);
  }
}
