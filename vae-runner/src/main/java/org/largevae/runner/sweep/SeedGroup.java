package org.largevae.runner.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.largevae.core.results.Results;

/**
 * Cells that differ in their seed alone.
 *
 * @param labels what they have in common, by the axes' keys
 * @param runs how each of them went
 */
public record SeedGroup(Map<String, String> labels, List<CellOutcome> runs) {

  /** A cell and how its member ended. */
  public record CellOutcome(GridCell cell, MemberOutcome outcome) {}

  /**
   * The groups of a sweep.
   *
   * @param sweep the sweep
   * @param outcomes of its members, by member
   * @return in the order of the grid
   */
  static List<SeedGroup> of(Sweep sweep, Map<Member, MemberOutcome> outcomes) {
    Map<Map<String, String>, List<CellOutcome>> groups = new LinkedHashMap<>();
    for (GridCell cell : sweep.cells()) {
      groups
          .computeIfAbsent(cell.group(), key -> new ArrayList<>())
          .add(new CellOutcome(cell, outcomes.get(cell.member())));
    }
    return groups.entrySet().stream().map(e -> new SeedGroup(e.getKey(), e.getValue())).toList();
  }

  /**
   * Mean and spread over the members that have results.
   *
   * @param measure of what
   * @return over none if none has
   */
  Spread spread(Measure measure) {
    return Spread.of(results().stream().mapToDouble(measure::of).toArray());
  }

  /** The mean and spread of a measure as text, marked where it is a bound or an estimate. */
  String show(Measure measure) {
    return measure.mark(results()) + measure.show(spread(measure));
  }

  List<Results> results() {
    return runs.stream().flatMap(run -> run.outcome().results().stream()).toList();
  }

  /** The members' folders, in the order of the cells. */
  List<Path> folders() {
    return runs.stream().map(run -> run.outcome().folder()).toList();
  }

  /** Its name: the labels, or that of the only member of a sweep without axes. */
  String name() {
    return labels.isEmpty()
        ? runs.get(0).cell().name()
        : labels.entrySet().stream()
            .map(entry -> text(entry.getKey(), entry.getValue(), labels))
            .collect(Collectors.joining(", "));
  }

  private static String text(String key, String value, Map<String, String> all) {
    boolean number = value.matches("[-+]?[0-9.].*|true|false|none");
    return number ? SweepLabels.shorten(key, all.keySet()) + " " + value : value;
  }
}
