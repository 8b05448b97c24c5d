package org.largevae.core.registry.plugins;

import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;

/** A prior whose name is not made of lower-case words. */
public final class ShoutingPrior implements PriorProvider {
  @Override
  public String name() {
    return "LAPLACE_Prior";
  }

  @Override
  public String description() {
    return "badly named";
  }

  @Override
  public Prior create(Settings settings, ModelShape shape) {
    throw new UnsupportedOperationException();
  }
}
