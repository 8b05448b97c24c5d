package com.example.mixture;

import org.largevae.api.prior.PriorProvider;

/** Makes {@link GaussianMixture}: {@code prior { type = gaussian-mixture, components = 10 }}. */
public final class GaussianMixtureProvider extends PriorProvider<GaussianMixtureSettings> {
  /** Found by {@link java.util.ServiceLoader}. */
  public GaussianMixtureProvider() {
    super(
        "gaussian-mixture",
        "Mixture of Gaussians, p(z) = sum_k w_k N(z | mu_k, sigma_k^2), all learnt",
        GaussianMixtureSettings.class,
        GaussianMixture::new);
  }
}
