package org.largevae.core.registry;

import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;

/** A prior that a services file in a folder names. */
public final class FakePlugin implements PriorProvider {
  @Override
  public String name() {
    return "fake";
  }

  @Override
  public String description() {
    return "from a folder";
  }

  @Override
  public Prior create(Settings settings, ModelShape shape) {
    throw new UnsupportedOperationException();
  }
}
