package org.largevae.core.registry.plugins;

import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;

/** A prior that cannot be made. */
public final class ThrowingPrior implements PriorProvider {
  /** Fails. */
  public ThrowingPrior() {
    throw new IllegalStateException("no licence found");
  }

  @Override
  public String name() {
    return "throwing";
  }

  @Override
  public String description() {
    return "fails when it is made";
  }

  @Override
  public Prior create(Settings settings, ModelShape shape) {
    throw new UnsupportedOperationException();
  }
}
