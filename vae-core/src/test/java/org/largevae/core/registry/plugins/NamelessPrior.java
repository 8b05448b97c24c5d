package org.largevae.core.registry.plugins;

import org.largevae.api.component.NoSettings;
import org.largevae.api.prior.PriorProvider;

/** A prior that forgets its name. */
public final class NamelessPrior extends PriorProvider<NoSettings> {
  /** Found by its services file. */
  public NamelessPrior() {
    super(
        null,
        "has no name",
        NoSettings.class,
        (settings, shape) -> {
          throw new UnsupportedOperationException();
        });
  }
}
