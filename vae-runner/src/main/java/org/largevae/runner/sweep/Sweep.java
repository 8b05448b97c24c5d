package org.largevae.runner.sweep;

import java.util.List;
import java.util.Optional;

/**
 * A planned sweep, every member checked.
 *
 * @param name names it
 * @param axes what its members differ in
 * @param cells all combinations, in order
 * @param published figures to compare with
 * @param deviations what was overridden when the sweep was called, each {@code KEY=VALUE}
 * @param text the file that defines it
 */
public record Sweep(
    String name,
    List<Axis> axes,
    List<GridCell> cells,
    Optional<PublishedTable> published,
    List<String> deviations,
    String text) {

  /** Copies the lists. */
  public Sweep {
    axes = List.copyOf(axes);
    cells = List.copyOf(cells);
    deviations = List.copyOf(deviations);
  }

  /**
   * What is run.
   *
   * @return the members, each once
   */
  public List<Member> members() {
    return cells.stream().map(GridCell::member).distinct().toList();
  }
}
