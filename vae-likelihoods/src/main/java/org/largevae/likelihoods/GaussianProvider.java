package org.largevae.likelihoods;

import org.largevae.api.likelihood.LikelihoodProvider;

/** Makes {@link Gaussian}: {@code likelihood { type = gaussian, variance = column }}. */
public final class GaussianProvider extends LikelihoodProvider<GaussianSettings> {
  /** The name in configurations. */
  public static final String NAME = "gaussian";

  /** Found by {@link java.util.ServiceLoader}. */
  public GaussianProvider() {
    super(
        NAME,
        "Independent Gaussian values, the decoder gives means and, unless it is trained, variance",
        GaussianSettings.class,
        Gaussian::new);
  }
}
