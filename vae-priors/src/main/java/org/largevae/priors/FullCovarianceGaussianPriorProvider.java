package org.largevae.priors;

import org.largevae.api.component.NoSettings;
import org.largevae.api.prior.PriorProvider;

/**
 * Makes {@link FullCovarianceGaussianPrior}: {@code prior { type = full-covariance-gaussian }}; it
 * has no keys.
 */
public final class FullCovarianceGaussianPriorProvider extends PriorProvider<NoSettings> {
  /** The name in configurations. */
  public static final String NAME = "full-covariance-gaussian";

  /** Found by {@link java.util.ServiceLoader}. */
  public FullCovarianceGaussianPriorProvider() {
    super(
        NAME,
        "Gaussian of any covariance, p(z) = N(z | mu, L L^T), mean and Cholesky factor trained",
        NoSettings.class,
        (settings, shape) -> new FullCovarianceGaussianPrior(shape));
  }
}
