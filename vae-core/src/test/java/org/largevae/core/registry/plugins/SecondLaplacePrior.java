package org.largevae.core.registry.plugins;

import org.largevae.api.component.NoSettings;
import org.largevae.api.prior.PriorProvider;

/** One of two priors that claim the same name. */
public final class SecondLaplacePrior extends PriorProvider<NoSettings> {
  /** Found by its services file. */
  public SecondLaplacePrior() {
    super(
        "laplace",
        "the second Laplace prior",
        NoSettings.class,
        (settings, shape) -> {
          throw new UnsupportedOperationException();
        });
  }
}
