package org.largevae.likelihoods;

import org.largevae.api.likelihood.LikelihoodProvider;

/** Makes {@link Laplace}: {@code likelihood { type = laplace, log-scale-min = -3 }}. */
public final class LaplaceProvider extends LikelihoodProvider<LaplaceSettings> {
  /** The name in configurations. */
  public static final String NAME = "laplace";

  /** Found by {@link java.util.ServiceLoader}. */
  public LaplaceProvider() {
    super(
        NAME,
        "Independent Laplace values, the decoder gives median and log scale",
        LaplaceSettings.class,
        Laplace::new);
  }
}
