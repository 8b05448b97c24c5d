package org.largevae.likelihoods;

import org.largevae.api.component.NoSettings;
import org.largevae.api.likelihood.LikelihoodProvider;

/**
 * Makes {@link ContinuousBernoulli}: {@code likelihood { type = continuous-bernoulli }}; it has no
 * keys.
 */
public final class ContinuousBernoulliProvider extends LikelihoodProvider<NoSettings> {
  /** The name in configurations. */
  public static final String NAME = "continuous-bernoulli";

  /** Found by {@link java.util.ServiceLoader}. */
  public ContinuousBernoulliProvider() {
    super(
        NAME,
        "Grey levels as independent numbers of [0, 1], the decoder gives logits",
        NoSettings.class,
        (settings, data) -> new ContinuousBernoulli(data));
  }
}
