package org.largevae.runner.configuration;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.largevae.api.config.Names;

/**
 * Holds what a user wrote against the known keys: nothing unknown, sections where there are
 * sections, single values where there are values.
 */
final class KeyChecker {
  private final ConfigObject known;
  private final Set<String> unchecked;
  private final Map<String, String> unused;
  private final Faults faults;

  /**
   * A checker.
   *
   * @param known every key with its default
   * @param unchecked sections in which any key is let pass, because what they belong to is unknown
   * @param unused why a section is not among the known that would be with another model
   * @param faults gets what is wrong
   */
  KeyChecker(ConfigObject known, Set<String> unchecked, Map<String, String> unused, Faults faults) {
    this.known = known;
    this.unchecked = unchecked;
    this.unused = unused;
    this.faults = faults;
  }

  /**
   * Checks what one source gave.
   *
   * @param given its tree
   * @return the tree without what is wrong, so that checking can go on
   */
  ConfigObject check(ConfigObject given) {
    return check(given, known, List.of());
  }

  private ConfigObject check(ConfigObject given, ConfigObject expected, List<String> path) {
    Map<String, ConfigValue> kept = new LinkedHashMap<>();
    given.entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<String, ConfigValue> e) -> e.getValue().origin().lineNumber())
                .thenComparing(Map.Entry::getKey))
        .forEach(
            entry -> {
              List<String> full = append(path, entry.getKey());
              ConfigValue value = entry.getValue();
              checked(full, value, expected).ifPresent(v -> kept.put(entry.getKey(), v));
            });
    return ConfigValueFactory.fromMap(kept).withOrigin(given.origin());
  }

  private Optional<ConfigValue> checked(
      List<String> path, ConfigValue value, ConfigObject siblings) {
    ConfigValue expected = siblings.get(path.get(path.size() - 1));
    if (expected == null) {
      if (!unchecked.contains(join(path.subList(0, path.size() - 1)))) {
        String reason = unused.get(join(path));
        fault(path, value, reason == null ? "unknown key. " + suggestion(path, siblings) : reason);
        return Optional.empty();
      }
      return Optional.of(value);
    }
    if (expected instanceof ConfigObject section) {
      if (value instanceof ConfigObject object) {
        return Optional.of(check(object, section, path));
      }
      fault(path, value, "must be a section, " + example(path, value, section));
      return Optional.empty();
    }
    return single(path, value, expected.valueType());
  }

  /** Numbers written where a text is expected keep their spelling: a name 007 stays 007. */
  private Optional<ConfigValue> single(
      List<String> path, ConfigValue value, ConfigValueType expected) {
    ConfigValueType type = value.valueType();
    if (expected == ConfigValueType.NULL) {
      return Optional.of(type == ConfigValueType.NUMBER ? exact(value) : value);
    }
    String fault =
        switch (type) {
          case OBJECT -> "must be a single value, not a section";
          case NULL -> "must have a value";
          case LIST ->
              expected == ConfigValueType.LIST ? null : "must be a single value, not a list";
          default -> null;
        };
    if (fault != null) {
      fault(path, value, fault);
      return Optional.empty();
    }
    return Optional.of(expected == ConfigValueType.STRING ? text(value) : value);
  }

  private static ConfigValue exact(ConfigValue number) {
    ConfigValue text = text(number);
    return text.unwrapped().equals(number.unwrapped().toString()) ? number : text;
  }

  private static ConfigValue text(ConfigValue value) {
    return ConfigValueFactory.fromAnyRef(value.atKey("value").getString("value"))
        .withOrigin(value.origin());
  }

  private String suggestion(List<String> path, ConfigObject siblings) {
    String key = path.get(path.size() - 1);
    List<String> section = path.subList(0, path.size() - 1);
    Set<String> elsewhere = new TreeSet<>();
    collect(known, List.of(), key, elsewhere);
    Optional<String> meant =
        Names.nearest(key, siblings.keySet())
            .map(near -> join(append(section, near)))
            .or(() -> elsewhere.stream().findFirst());
    String names = String.join(", ", new TreeSet<>(siblings.keySet()));
    String all =
        section.isEmpty()
            ? "The sections are " + names + "."
            : "Known in " + join(section) + ": " + names + ".";
    return meant.map(m -> "Did you mean \"" + m + "\"?").orElse(all);
  }

  private static void collect(
      ConfigObject section, List<String> path, String key, Set<String> found) {
    section.forEach(
        (name, value) -> {
          List<String> full = append(path, name);
          if (name.equals(key)) {
            found.add(join(full));
          }
          if (value instanceof ConfigObject object) {
            collect(object, full, key, found);
          }
        });
  }

  private static String example(List<String> path, ConfigValue value, ConfigObject section) {
    String key =
        Stream.of("type", "name")
            .filter(section::containsKey)
            .findFirst()
            .orElseGet(() -> new TreeSet<>(section.keySet()).first());
    String shown = value.valueType() == ConfigValueType.STRING ? "" + value.unwrapped() : "...";
    return String.format(Locale.ROOT, "for example %s { %s = %s }", join(path), key, shown);
  }

  private void fault(List<String> path, ConfigValue value, String rule) {
    String shown =
        switch (value.valueType()) {
          case OBJECT, LIST -> "";
          case STRING -> " = \"" + value.unwrapped() + "\"";
          default -> " = " + value.unwrapped();
        };
    faults.add(
        String.format(
            Locale.ROOT,
            "%s%s: %s (from %s)",
            join(path),
            shown,
            rule,
            value.origin().description()));
  }

  private static String join(List<String> path) {
    return path.isEmpty() ? "" : ConfigUtil.joinPath(path);
  }

  private static List<String> append(List<String> path, String key) {
    return Stream.concat(path.stream(), Stream.of(key)).toList();
  }
}
