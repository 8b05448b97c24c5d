package org.largevae.runner.sweep;

import com.typesafe.config.ConfigObject;
import java.util.Objects;

/**
 * One of the values that an axis takes.
 *
 * @param label how tables show it, for example {@code 40} or {@code vampprior, pseudo-inputs 500}
 * @param part how it shows in a member's name, for example {@code latent-size-40}
 * @param layer the keys that it sets, as a tree from the root of an experiment
 */
public record AxisValue(String label, String part, ConfigObject layer) {

  /** Checks that nothing is missing. */
  public AxisValue {
    Objects.requireNonNull(label, "label is null");
    Objects.requireNonNull(part, "part is null");
    Objects.requireNonNull(layer, "layer is null");
  }
}
