package org.largevae.priors;

import org.largevae.api.component.NoSettings;
import org.largevae.api.prior.PriorProvider;

/** Makes {@link StandardPrior}: {@code prior { type = standard }}; it has no keys. */
public final class StandardPriorProvider extends PriorProvider<NoSettings> {
  /** The name in configurations. */
  public static final String NAME = "standard";

  /** Found by {@link java.util.ServiceLoader}. */
  public StandardPriorProvider() {
    super(
        NAME,
        "Standard Gaussian, p(z) = N(z | 0, I)",
        NoSettings.class,
        (settings, shape) -> new StandardPrior(shape));
  }
}
