package org.largevae.priors.reweighted;

import org.largevae.api.prior.PriorProvider;

/** Makes {@link SnisPrior}: {@code prior { type = snis, proposals = 1024 }}. */
public final class SnisPriorProvider extends PriorProvider<SnisSettings> {
  /** The name in configurations. */
  public static final String NAME = "snis";

  /** Found by {@link java.util.ServiceLoader}. */
  public SnisPriorProvider() {
    super(
        NAME,
        "Self-normalised importance sampling, one of K draws from N(0, I) picked by exp(-U(z)), a"
            + " bounded density",
        SnisSettings.class,
        SnisPrior::new);
  }
}
