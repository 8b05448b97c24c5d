package org.largevae.priors.reweighted;

import org.largevae.api.component.NoSettings;
import org.largevae.api.objective.ObjectiveProvider;

/**
 * Makes {@link NoiseContrastiveObjective}. Configured as {@code objective { type =
 * noise-contrastive }}.
 */
public final class NoiseContrastiveProvider extends ObjectiveProvider<NoSettings> {
  /** The name in configurations. */
  public static final String NAME = "noise-contrastive";

  /** Found by {@link java.util.ServiceLoader}. */
  public NoiseContrastiveProvider() {
    super(
        NAME,
        "Cross-entropy of a density-ratio prior's classifier, encoder and decoder standing still",
        NoSettings.class,
        NoiseContrastiveObjective::new);
  }
}
