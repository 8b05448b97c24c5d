package org.largevae.priors;

import org.largevae.api.component.NoSettings;
import org.largevae.api.prior.PriorProvider;

/** Makes {@link UniformSpherePrior}: {@code prior { type = uniform-sphere }}; it has no keys. */
public final class UniformSpherePriorProvider extends PriorProvider<NoSettings> {
  /** The name in configurations. */
  public static final String NAME = "uniform-sphere";

  /** Found by {@link java.util.ServiceLoader}. */
  public UniformSpherePriorProvider() {
    super(
        NAME,
        "Uniform on the unit sphere, p(z) = 1 / |S^(m-1)|",
        NoSettings.class,
        (settings, shape) -> new UniformSpherePrior(shape));
  }
}
