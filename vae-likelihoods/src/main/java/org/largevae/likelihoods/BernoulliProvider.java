package org.largevae.likelihoods;

import org.largevae.api.component.NoSettings;
import org.largevae.api.likelihood.LikelihoodProvider;

/** Makes {@link Bernoulli}: {@code likelihood { type = bernoulli }}; it has no keys. */
public final class BernoulliProvider extends LikelihoodProvider<NoSettings> {
  /** The name in configurations. */
  public static final String NAME = "bernoulli";

  /** Found by {@link java.util.ServiceLoader}. */
  public BernoulliProvider() {
    super(
        NAME,
        "Independent binary values, the decoder gives logits",
        NoSettings.class,
        (settings, data) -> new Bernoulli(data));
  }
}
