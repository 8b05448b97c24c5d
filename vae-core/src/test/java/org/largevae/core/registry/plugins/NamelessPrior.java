package org.largevae.core.registry.plugins;

import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;

/** A prior that forgets its name. */
public final class NamelessPrior implements PriorProvider {
  @Override
  public String name() {
    return null;
  }

  @Override
  public String description() {
    return "has no name";
  }

  @Override
  public Prior create(Settings settings, ModelShape shape) {
    throw new UnsupportedOperationException();
  }
}
