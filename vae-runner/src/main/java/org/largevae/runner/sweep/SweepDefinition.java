package org.largevae.runner.sweep;

import com.typesafe.config.ConfigObject;
import java.util.List;
import java.util.Optional;

/**
 * What a sweep's file says; see {@link SweepReader} for its form.
 *
 * @param name names the sweep and its folder
 * @param prefix begins its members' names, so that several sweeps can share a folder; may be empty
 * @param base the experiment that members start from
 * @param overrides keys that all members have with another value than the base
 * @param axes what members differ in: {@code runs} first, the seed last
 * @param published figures to compare with
 * @param text the file itself
 */
public record SweepDefinition(
    String name,
    String prefix,
    ConfigObject base,
    ConfigObject overrides,
    List<Axis> axes,
    Optional<PublishedTable> published,
    String text) {

  /** Copies the axes. */
  public SweepDefinition {
    axes = List.copyOf(axes);
  }
}
