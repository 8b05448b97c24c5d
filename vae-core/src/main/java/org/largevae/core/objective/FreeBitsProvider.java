package org.largevae.core.objective;

import org.largevae.api.objective.ObjectiveProvider;

/** Makes {@link FreeBitsObjective}. Configured as {@code objective { type = free-bits }}. */
public final class FreeBitsProvider extends ObjectiveProvider<FreeBitsSettings> {
  /** The name in configurations. */
  public static final String NAME = "free-bits";

  /** Found by {@link java.util.ServiceLoader}. */
  public FreeBitsProvider() {
    super(
        NAME,
        "Evidence lower bound with some divergence free in each latent or level",
        FreeBitsSettings.class,
        FreeBitsObjective::new);
  }
}
