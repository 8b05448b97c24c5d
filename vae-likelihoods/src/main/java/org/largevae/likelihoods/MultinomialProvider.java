package org.largevae.likelihoods;

import org.largevae.api.likelihood.LikelihoodProvider;

/** Makes {@link Multinomial}: {@code likelihood { type = multinomial, total = 100 }}. */
public final class MultinomialProvider extends LikelihoodProvider<MultinomialSettings> {
  /** The name in configurations. */
  public static final String NAME = "multinomial";

  /** Found by {@link java.util.ServiceLoader}. */
  public MultinomialProvider() {
    super(
        NAME,
        "Counts given their total, the decoder gives the logits of where they fall",
        MultinomialSettings.class,
        Multinomial::new);
  }
}
