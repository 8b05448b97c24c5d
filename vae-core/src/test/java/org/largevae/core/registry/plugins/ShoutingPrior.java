package org.largevae.core.registry.plugins;

import org.largevae.api.component.NoSettings;
import org.largevae.api.prior.PriorProvider;

/** A prior whose name is not made of lower-case words. */
public final class ShoutingPrior extends PriorProvider<NoSettings> {
  /** Found by its services file. */
  public ShoutingPrior() {
    super(
        "LAPLACE_Prior",
        "shouts its name",
        NoSettings.class,
        (settings, shape) -> {
          throw new UnsupportedOperationException();
        });
  }
}
