package org.largevae.core;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The settings in which two trainings differ. */
final class SettingDifferences {

  private SettingDifferences() {}

  /**
   * Compares two descriptions, sections included.
   *
   * @param before one
   * @param now the other
   * @param ignored a key that may differ, with its sections before it
   * @return a clause for each key, by name: {@code training.batch-size was 100 and is 50}
   */
  static List<String> of(JsonObject before, JsonObject now, String ignored) {
    Map<String, String> old = flat(before);
    Map<String, String> present = flat(now);
    Set<String> keys = new TreeSet<>(old.keySet());
    keys.addAll(present.keySet());
    keys.remove(ignored);
    return keys.stream()
        .filter(key -> !Objects.equals(old.get(key), present.get(key)))
        .map(
            key ->
                key
                    + " was "
                    + old.getOrDefault(key, "not there")
                    + " and is "
                    + present.getOrDefault(key, "not there"))
        .toList();
  }

  private static Map<String, String> flat(JsonObject object) {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      if (entry.getValue() instanceof JsonObject section) {
        flat(section).forEach((key, value) -> values.put(entry.getKey() + "." + key, value));
      } else {
        values.put(entry.getKey(), text(entry.getValue()));
      }
    }
    return values;
  }

  /** As it is written, which for numbers is exact. */
  private static String text(JsonElement value) {
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }
}
