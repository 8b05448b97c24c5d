package org.largevae.runner.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.largevae.api.config.SettingKey;
import org.largevae.api.config.SettingsSchema;

/**
 * A setting of a component as {@code vae plugins NAME} shows it.
 *
 * @param key in the component's section
 * @param values what it takes, for example {@code a whole number}
 * @param bounds for example {@code at least 1}; empty without
 * @param required whether it has to be given
 * @param defaultValue as a configuration has it; null without
 * @param meaning a clause
 */
record SettingRow(
    String key,
    String values,
    String bounds,
    boolean required,
    String defaultValue,
    String meaning) {

  /**
   * The settings of a record, those of its sections among them.
   *
   * @param schema what the record says
   * @param prefix the section's key with a dot; empty for a component's own
   * @return in the order of the record
   */
  static List<SettingRow> of(SettingsSchema<?> schema, String prefix) {
    return schema.keys().stream().flatMap(key -> rows(key, prefix)).toList();
  }

  private static Stream<SettingRow> rows(SettingKey key, String prefix) {
    String full = prefix + key.key();
    return key.section()
        .map(section -> of(section, full + ".").stream())
        .orElseGet(
            () ->
                Stream.of(
                    new SettingRow(
                        full,
                        key.values(),
                        key.bounds(),
                        !key.isOptional() && key.defaultText().isEmpty(),
                        key.defaultText().orElse(null),
                        key.meaning())));
  }

  /** For JSON. */
  Map<String, Object> describe() {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("key", key);
    description.put("values", values);
    description.put("bounds", bounds);
    description.put("required", required);
    description.put("default", defaultValue);
    description.put("meaning", meaning);
    return description;
  }

  /** What it takes and what holds where it is left out, for people. */
  String rule() {
    String otherwise =
        required
            ? "has to be given"
            : defaultValue == null ? "may be left out" : defaultValue + " unless set";
    return values + (bounds.isEmpty() ? "" : " " + bounds) + "; " + otherwise;
  }
}
