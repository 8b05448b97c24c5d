package org.largevae.core.registry;

import org.largevae.api.component.NoSettings;
import org.largevae.api.prior.PriorProvider;

/** A prior that a services file in a folder names. */
public final class FakePlugin extends PriorProvider<NoSettings> {
  /** Found by its services file. */
  public FakePlugin() {
    super(
        "fake",
        "from a folder",
        NoSettings.class,
        (settings, shape) -> {
          throw new UnsupportedOperationException();
        });
  }
}
