package org.largevae.runner.sweep;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.largevae.api.config.ConfigurationException;
import org.largevae.runner.configuration.Faults;

/**
 * Values of a sweep's file: as part of an experiment, as text, and in messages with their origin.
 */
final class ConfigValues {

  private ConfigValues() {}

  /** The value as a tree from the root; every part has the value's origin. */
  static ConfigObject layer(String key, ConfigValue value) {
    List<String> path = ConfigUtil.splitPath(key);
    ConfigValue tree = value;
    for (int i = path.size() - 1; i >= 0; i--) {
      tree = ConfigValueFactory.fromMap(Map.of(path.get(i), tree)).withOrigin(value.origin());
    }
    return (ConfigObject) tree;
  }

  static String show(ConfigValue value) {
    return value instanceof ConfigList list
        ? list.stream().map(ConfigValues::show).collect(Collectors.joining(", "))
        : String.valueOf(value.unwrapped());
  }

  static void fault(Faults faults, String key, ConfigValue value, String rule) {
    faults.add(bad(key, value, rule).getMessage());
  }

  static ConfigurationException bad(String key, ConfigValue value, String rule) {
    String shown =
        switch (value.valueType()) {
          case OBJECT, LIST -> "";
          case STRING -> " = \"" + value.unwrapped() + "\"";
          default -> " = " + value.unwrapped();
        };
    return new ConfigurationException(
        String.format(
            Locale.ROOT, "%s%s: %s (from %s)", key, shown, rule, value.origin().description()));
  }
}
