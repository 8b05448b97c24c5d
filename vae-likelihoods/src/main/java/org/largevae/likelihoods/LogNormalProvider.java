package org.largevae.likelihoods;

import org.largevae.api.likelihood.LikelihoodProvider;

/** Makes {@link LogNormal}: {@code likelihood { type = log-normal, log-variance-min = -6 }}. */
public final class LogNormalProvider extends LikelihoodProvider<LogNormalSettings> {
  /** The name in configurations. */
  public static final String NAME = "log-normal";

  /** Found by {@link java.util.ServiceLoader}. */
  public LogNormalProvider() {
    super(
        NAME,
        "Independent positive values whose logarithms are Gaussian",
        LogNormalSettings.class,
        LogNormal::new);
  }
}
