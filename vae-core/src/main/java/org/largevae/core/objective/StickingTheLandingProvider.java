package org.largevae.core.objective;

import org.largevae.api.component.NoSettings;
import org.largevae.api.objective.ObjectiveProvider;

/**
 * Makes {@link StickingTheLandingObjective}. Configured as {@code objective { type =
 * sticking-the-landing }}.
 */
public final class StickingTheLandingProvider extends ObjectiveProvider<NoSettings> {
  /** The name in configurations. */
  public static final String NAME = "sticking-the-landing";

  /** Found by {@link java.util.ServiceLoader}. */
  public StickingTheLandingProvider() {
    super(
        NAME,
        "Evidence lower bound with the path derivative alone",
        NoSettings.class,
        StickingTheLandingObjective::new);
  }
}
