package org.largevae.runner.sweep;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Short texts for keys and values: in tables, and in the names of members. */
final class SweepLabels {
  private static final int LONGEST_NAME = 100;

  private SweepLabels() {}

  /**
   * A value in a table.
   *
   * @param value any
   * @return for example {@code 40}, {@code vampprior}, {@code 300 x 300}, or of a section {@code
   *     vampprior, pseudo-inputs 500}
   */
  static String of(ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return parts(object).stream().map(p -> p.text(" ")).collect(Collectors.joining(", "));
    }
    if (value instanceof ConfigList list) {
      return list.isEmpty()
          ? "none"
          : list.stream().map(SweepLabels::of).collect(Collectors.joining(" x "));
    }
    // as it is spelt: 5e-4 stays 5e-4
    return value.valueType() == ConfigValueType.NULL
        ? "null"
        : value.atKey("value").getString("value");
  }

  /**
   * A value in a member's name.
   *
   * @param key the axis' key
   * @param value its value
   * @param others the keys of the other axes, from which the name must tell this one
   * @return for example {@code latent-size-40} or {@code vampprior}
   */
  static String part(String key, ConfigValue value, Collection<String> others) {
    if (value instanceof ConfigObject object) {
      return parts(object).stream().map(p -> p.text("-")).collect(Collectors.joining("-"));
    }
    return isComponentName(key) ? of(value) : new Part(shorten(key, others), of(value)).text("-");
  }

  /**
   * An axis' name in a table.
   *
   * @param key the axis' key
   * @param others the keys of the other axes
   * @return for example {@code latent-size}, {@code prior} or, where two end alike, {@code
   *     encoder.hidden}
   */
  static String shorten(String key, Collection<String> others) {
    List<String> path = ConfigUtil.splitPath(isComponentName(key) ? parent(key) : key);
    for (int length = 1; length < path.size(); length++) {
      String end = String.join(".", path.subList(path.size() - length, path.size()));
      boolean unique =
          others.stream()
              .filter(other -> !other.equals(key))
              .map(other -> isComponentName(other) ? parent(other) : other)
              .noneMatch(other -> other.equals(end) || other.endsWith("." + end));
      if (unique) {
        return end;
      }
    }
    return String.join(".", path);
  }

  /**
   * A folder's name.
   *
   * @param parts what it is made of
   * @return letters, digits, dots and hyphens; long names end in a hash of the whole
   */
  static String folderName(List<String> parts) {
    String whole = String.join("-", parts);
    String name =
        whole
            .replaceAll("[^\\p{L}\\p{N}._+=-]+", "-")
            .replaceAll("-{2,}", "-")
            .replaceAll("^[-.]+|[-.]+$", "");
    if (name.length() <= LONGEST_NAME) {
      return name;
    }
    String hash = String.format(Locale.ROOT, "-%08x", whole.hashCode());
    return name.substring(0, LONGEST_NAME - hash.length()) + hash;
  }

  /** Whether a key names a component, so that its value says enough. */
  private static boolean isComponentName(String key) {
    return key.endsWith(".type") || key.equals("dataset.name");
  }

  private static String parent(String key) {
    return key.substring(0, key.lastIndexOf('.'));
  }

  private record Part(String key, String value) {
    String text(String between) {
      return key.isEmpty() ? value : key + between + value;
    }
  }

  private static List<Part> parts(ConfigObject object) {
    List<Part> parts = new ArrayList<>();
    object.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, ConfigValue> e) -> !e.getKey().equals("type"))
                .thenComparing(e -> e.getValue().origin().lineNumber())
                .thenComparing(Map.Entry::getKey))
        .forEach(
            entry -> {
              if (entry.getValue() instanceof ConfigObject section) {
                parts.addAll(parts(section));
              } else {
                String key = entry.getKey().equals("type") ? "" : entry.getKey();
                parts.add(new Part(key, of(entry.getValue())));
              }
            });
    return parts;
  }
}
