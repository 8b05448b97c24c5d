package org.largevae.likelihoods;

import org.largevae.api.component.NoSettings;
import org.largevae.api.likelihood.LikelihoodProvider;

/**
 * Makes {@link NegativeBinomial}: {@code likelihood { type = negative-binomial }}; it has no keys.
 */
public final class NegativeBinomialProvider extends LikelihoodProvider<NoSettings> {
  /** The name in configurations. */
  public static final String NAME = "negative-binomial";

  /** Found by {@link java.util.ServiceLoader}. */
  public NegativeBinomialProvider() {
    super(
        NAME,
        "Independent counts whose variance exceeds the mean by as much as the decoder says",
        NoSettings.class,
        (settings, data) -> new NegativeBinomial(data));
  }
}
