package org.largevae.core.registry.plugins;

import org.largevae.api.component.NoSettings;
import org.largevae.api.prior.PriorProvider;

/** A prior that cannot be made. */
public final class ThrowingPrior extends PriorProvider<NoSettings> {
  /** Found by its services file. */
  public ThrowingPrior() {
    super(
        licence(),
        "fails when it is made",
        NoSettings.class,
        (settings, shape) -> {
          throw new UnsupportedOperationException();
        });
  }

  private static String licence() {
    throw new IllegalStateException("no licence found");
  }
}
