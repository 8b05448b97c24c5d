package org.largevae.priors;

import org.largevae.api.component.NoSettings;
import org.largevae.api.prior.PriorProvider;

/** Makes {@link GaussianPrior}: {@code prior { type = gaussian }}; it has no keys. */
public final class GaussianPriorProvider extends PriorProvider<NoSettings> {
  /** The name in configurations. */
  public static final String NAME = "gaussian";

  /** Found by {@link java.util.ServiceLoader}. */
  public GaussianPriorProvider() {
    super(
        NAME,
        "Gaussian, p(z) = N(z | mu, diag sigma^2), mean and variances trained",
        NoSettings.class,
        (settings, shape) -> new GaussianPrior(shape));
  }
}
