package org.largevae.core.objective;

import org.largevae.api.component.NoSettings;
import org.largevae.api.objective.ObjectiveProvider;

/** Makes {@link IwaeObjective}. Configured as {@code objective { type = iwae }}. */
public final class IwaeProvider extends ObjectiveProvider<NoSettings> {
  /** The name in configurations. */
  public static final String NAME = "iwae";

  /** Found by {@link java.util.ServiceLoader}. */
  public IwaeProvider() {
    super(
        NAME,
        "Importance-weighted bound over training.samples draws",
        NoSettings.class,
        IwaeObjective::new);
  }
}
