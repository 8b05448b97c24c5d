package org.largevae.core.registry.plugins;

import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;

/** One of two priors that claim the same name. */
public final class SecondLaplacePrior implements PriorProvider {
  @Override
  public String name() {
    return "laplace";
  }

  @Override
  public String description() {
    return "the second Laplace prior";
  }

  @Override
  public Prior create(Settings settings, ModelShape shape) {
    throw new UnsupportedOperationException();
  }
}
