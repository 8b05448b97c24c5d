package org.largevae.runner.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Names;
import org.largevae.runner.configuration.Faults;

/**
 * Chooses a part of a sweep's grid.
 *
 * @param conditions each {@code AXIS=VALUE}, the axis by its key or by its name in tables, the
 *     value as tables show it. Those on one axis are alternatives, those on several axes hold
 *     together
 */
public record Selection(List<String> conditions) {

  /** Copies the conditions. */
  public Selection {
    conditions = List.copyOf(conditions);
  }

  /**
   * The part of a sweep that is chosen.
   *
   * @param sweep whole
   * @return the sweep with the cells that fulfil the conditions, in the same order; at least one
   * @throws ConfigurationException if a condition names no axis of the sweep or no value of it; the
   *     message has one line for each fault
   */
  public Sweep of(Sweep sweep) {
    Map<String, Set<String>> wanted = new LinkedHashMap<>();
    Faults faults = new Faults();
    for (String condition : conditions) {
      String[] parts = condition.split("=", 2);
      if (parts.length < 2) {
        faults.add("--only " + condition + ": must be AXIS=VALUE");
        continue;
      }
      axis(sweep, condition, parts[0], faults)
          .filter(axis -> has(axis, condition, parts[1], faults))
          .ifPresent(
              axis -> wanted.computeIfAbsent(axis.key(), key -> new TreeSet<>()).add(parts[1]));
    }
    faults.throwIfAny();
    List<GridCell> cells = sweep.cells().stream().filter(cell -> fulfils(cell, wanted)).toList();
    return new Sweep(
        sweep.name(), sweep.axes(), cells, sweep.published(), sweep.deviations(), sweep.text());
  }

  private static Optional<Axis> axis(Sweep sweep, String condition, String name, Faults faults) {
    Set<String> keys = sweep.axes().stream().map(Axis::key).collect(Collectors.toSet());
    Map<String, Axis> named = new LinkedHashMap<>();
    sweep.axes().forEach(axis -> named.put(SweepLabels.shorten(axis.key(), keys), axis));
    Optional<Axis> byKey = sweep.axes().stream().filter(a -> a.key().equals(name)).findFirst();
    Optional<Axis> found = byKey.or(() -> Optional.ofNullable(named.get(name)));
    if (found.isEmpty()) {
      String rule = ": the sweep " + sweep.name() + " has no such axis. ";
      faults.add("--only " + condition + rule + Names.suggest(name, named.keySet()));
    }
    return found;
  }

  private static boolean has(Axis axis, String condition, String value, Faults faults) {
    List<String> labels = axis.choices().stream().map(AxisValue::label).toList();
    boolean known = labels.contains(value);
    if (!known) {
      String rule = ": is not a value of the axis " + axis.key() + ". ";
      faults.add("--only " + condition + rule + Names.suggest(value, labels));
    }
    return known;
  }

  private static boolean fulfils(GridCell cell, Map<String, Set<String>> wanted) {
    return wanted.entrySet().stream()
        .allMatch(entry -> entry.getValue().contains(cell.labels().get(entry.getKey())));
  }
}
