package org.largevae.runner.sweep;

import java.util.List;
import java.util.Objects;

/**
 * What members differ in.
 *
 * @param key the experiment's key that it sets, or {@link #RUN} for the list {@code runs}
 * @param choices at least one
 */
public record Axis(String key, List<AxisValue> choices) {
  /** The axis that the list {@code runs} makes. */
  public static final String RUN = "run";

  /** The axis over which means are taken. */
  public static final String SEED = "experiment.seed";

  /** Checks that nothing is missing. */
  public Axis {
    Objects.requireNonNull(key, "key is null");
    choices = List.copyOf(choices);
    if (choices.isEmpty()) {
      throw new IllegalArgumentException("axis " + key + " has no value");
    }
  }

  /**
   * The axis of seeds.
   *
   * @return whether members that differ in it alone belong to one group
   */
  public boolean isSeed() {
    return key.equals(SEED);
  }
}
