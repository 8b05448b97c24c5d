package org.largevae.runner.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Locale;

/** Reads {@code KEY=VALUE} arguments. */
final class Overrides {
  private static final String SOURCE = "the command line";

  private Overrides() {}

  /**
   * Parses the arguments; of two for one key the later counts.
   *
   * @param overrides each {@code KEY=VALUE}: a dotted key, and a value in HOCON or, if it is not
   *     HOCON, a plain text such as a path
   * @param faults gets those that are not of that form
   * @return the tree of all others
   */
  static ConfigObject parse(List<String> overrides, Faults faults) {
    Config tree = ConfigFactory.empty(SOURCE);
    for (String override : overrides) {
      int equals = override.indexOf('=');
      String key = equals < 0 ? "" : override.substring(0, equals).strip();
      if (!isPath(key)) {
        faults.add(
            String.format(
                Locale.ROOT,
                "\"%s\": must be KEY=VALUE, for example training.epochs=10 (from %s)",
                override,
                SOURCE));
        continue;
      }
      Config single = ConfigFactory.empty().withValue(key, value(override.substring(equals + 1)));
      ConfigObject layer = ComponentShorthand.expand(Hocon.relabel(single.root(), SOURCE));
      tree = layer.toConfig().withFallback(tree);
    }
    return tree.root();
  }

  private static ConfigValue value(String text) {
    return Hocon.parseValue(text, SOURCE).orElseGet(() -> ConfigValueFactory.fromAnyRef(text));
  }

  private static boolean isPath(String key) {
    try {
      return !ConfigUtil.splitPath(key).isEmpty();
    } catch (ConfigException badPath) {
      return false;
    }
  }
}
