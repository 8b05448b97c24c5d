package org.largevae.likelihoods;

import org.largevae.api.likelihood.LikelihoodProvider;

/**
 * Makes {@link LogisticMixture}: {@code likelihood { type = logistic-mixture, components = 5 }}.
 */
public final class LogisticMixtureProvider extends LikelihoodProvider<LogisticMixtureSettings> {
  /** The name in configurations. */
  public static final String NAME = "logistic-mixture";

  /** Found by {@link java.util.ServiceLoader}. */
  public LogisticMixtureProvider() {
    super(
        NAME,
        "256 grey levels, each with the mass of a mixture of logistic distributions in its bin",
        LogisticMixtureSettings.class,
        LogisticMixture::new);
  }
}
