package org.largevae.runner.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A combination of one value from each axis. Cells with the same experiment share a member.
 *
 * @param name its own name
 * @param labels its label on each axis, by the axis' key, in the order of the axes
 * @param member what is run for it
 */
public record GridCell(String name, Map<String, String> labels, Member member) {

  /** Copies the labels. */
  public GridCell {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /**
   * The labels without the seed's.
   *
   * @return what the members of a group have in common
   */
  Map<String, String> group() {
    Map<String, String> group = new LinkedHashMap<>(labels);
    group.remove(Axis.SEED);
    return group;
  }
}
