package org.largevae.runner.sweep;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.largevae.api.config.Names;
import org.largevae.runner.configuration.Faults;

/**
 * Reads the section {@code printed} of a sweep's file:
 *
 * <pre>{@code
 * printed {
 *   title = "Table 1"
 *   measure = bits-per-dimension      // or nll
 *   versus = model.prior.type         // the axis whose values compete in a row
 *   cells = [ { model.latent-size = 10, model.prior.type = standard, value = 4.569 } ]
 * }
 * }</pre>
 */
final class PublishedTableReader {
  private static final List<String> KEYS = List.of("title", "note", "measure", "versus", "cells");
  private static final String VALUE = "value";

  private PublishedTableReader() {}

  static Optional<PublishedTable> read(ConfigObject section, List<Axis> axes, Faults faults) {
    for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
      if (!KEYS.contains(entry.getKey())) {
        String rule = "unknown key. " + Names.suggest(entry.getKey(), KEYS);
        ConfigValues.fault(faults, "printed." + entry.getKey(), entry.getValue(), rule);
      }
    }
    // an axis' key may be spelt as a path, which HOCON takes for text
    String versus = text(section, "versus");
    List<Axis> known = axes.stream().filter(axis -> !axis.isSeed()).toList();
    List<String> keys = known.stream().map(Axis::key).toList();
    if (!keys.contains(versus)) {
      ConfigValue shown = section.getOrDefault("versus", section);
      String rule = "must be one of the axes. " + Names.suggest(versus, keys);
      ConfigValues.fault(faults, "printed.versus", shown, rule);
    }
    Optional<Measure> measure = measure(section, faults);
    if (!(section.get("cells") instanceof ConfigList cells)) {
      ConfigValue shown = section.getOrDefault("cells", section);
      ConfigValues.fault(
          faults, "printed.cells", shown, "must be a list of { AXIS = ..., value = }");
      return Optional.empty();
    }
    List<PublishedTable.PublishedFigure> read = new ArrayList<>();
    cells.forEach(cell -> cell(cell, known, faults).ifPresent(read::add));
    return measure.map(
        m -> new PublishedTable(text(section, "title"), text(section, "note"), m, versus, read));
  }

  private static Optional<Measure> measure(ConfigObject section, Faults faults) {
    String name = text(section, "measure");
    Optional<Measure> found =
        Arrays.stream(Measure.values()).filter(m -> spelling(m).equals(name)).findFirst();
    if (found.isEmpty()) {
      String all =
          Arrays.stream(Measure.values())
              .map(PublishedTableReader::spelling)
              .collect(Collectors.joining(", "));
      ConfigValue shown = section.getOrDefault("measure", section);
      ConfigValues.fault(faults, "printed.measure", shown, "must be one of " + all);
    }
    return found;
  }

  private static Optional<PublishedTable.PublishedFigure> cell(
      ConfigValue value, List<Axis> axes, Faults faults) {
    if (!(value instanceof ConfigObject object)
        || !object.containsKey(VALUE)
        || object.get(VALUE).valueType() != ConfigValueType.NUMBER) {
      ConfigValues.fault(faults, "printed.cells", value, "each needs a number as its value");
      return Optional.empty();
    }
    Map<String, String> at = new LinkedHashMap<>();
    for (Axis axis : axes) {
      ConfigObject place = object.withoutKey(VALUE);
      if (!place.toConfig().hasPath(axis.key())) {
        ConfigValues.fault(
            faults, "printed.cells", value, "lacks its value on the axis " + axis.key());
        return Optional.empty();
      }
      ConfigValue label = place.toConfig().getValue(axis.key());
      List<String> labels = axis.choices().stream().map(AxisValue::label).toList();
      if (!labels.contains(SweepLabels.of(label))) {
        String rule = "is not a value of the axis. Its values are " + String.join(", ", labels);
        ConfigValues.fault(faults, "printed.cells." + axis.key(), label, rule);
        return Optional.empty();
      }
      at.put(axis.key(), SweepLabels.of(label));
    }
    Set<String> given =
        object.withoutKey(VALUE).toConfig().entrySet().stream()
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    if (given.size() != at.size()) {
      ConfigValues.fault(faults, "printed.cells", value, "names a key that is not an axis");
    }
    return Optional.of(
        new PublishedTable.PublishedFigure(
            at, ((Number) object.get(VALUE).unwrapped()).doubleValue()));
  }

  private static String text(ConfigObject section, String key) {
    ConfigValue value = section.get(key);
    return value == null ? "" : String.valueOf(value.unwrapped());
  }

  private static String spelling(Measure measure) {
    return measure.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
