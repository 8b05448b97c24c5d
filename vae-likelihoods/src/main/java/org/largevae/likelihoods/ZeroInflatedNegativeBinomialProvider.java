package org.largevae.likelihoods;

import org.largevae.api.component.NoSettings;
import org.largevae.api.likelihood.LikelihoodProvider;

/**
 * Makes {@link ZeroInflatedNegativeBinomial}: {@code likelihood { type =
 * zero-inflated-negative-binomial }}; it has no keys.
 */
public final class ZeroInflatedNegativeBinomialProvider extends LikelihoodProvider<NoSettings> {
  /** The name in configurations. */
  public static final String NAME = "zero-inflated-negative-binomial";

  /** Found by {@link java.util.ServiceLoader}. */
  public ZeroInflatedNegativeBinomialProvider() {
    super(
        NAME,
        "Independent counts, some of which are zero for another reason",
        NoSettings.class,
        (settings, data) -> new ZeroInflatedNegativeBinomial(data));
  }
}
