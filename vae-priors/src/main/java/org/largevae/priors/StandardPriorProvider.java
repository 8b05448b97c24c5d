package org.largevae.priors;

import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;

/** Makes {@link StandardPrior}. Configured as {@code prior { type = standard }}; it has no keys. */
public final class StandardPriorProvider implements PriorProvider {
  /** The name in configurations. */
  public static final String NAME = "standard";

  /** Found by {@link java.util.ServiceLoader}. */
  public StandardPriorProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Standard Gaussian, p(z) = N(z | 0, I)";
  }

  @Override
  public Prior create(Settings settings, ModelShape shape) {
    return new StandardPrior(shape.latentSize());
  }
}
