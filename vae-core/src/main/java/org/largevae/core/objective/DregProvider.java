package org.largevae.core.objective;

import org.largevae.api.component.NoSettings;
import org.largevae.api.objective.ObjectiveProvider;

/** Makes {@link DregObjective}. Configured as {@code objective { type = dreg }}. */
public final class DregProvider extends ObjectiveProvider<NoSettings> {
  /** The name in configurations. */
  public static final String NAME = "dreg";

  /** Found by {@link java.util.ServiceLoader}. */
  public DregProvider() {
    super(
        NAME,
        "Importance-weighted bound with the doubly reparameterised gradient",
        NoSettings.class,
        DregObjective::new);
  }
}
