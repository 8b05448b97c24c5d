package org.largevae.runner.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import org.largevae.core.registry.ComponentKind;

/** A component that is named where its section is expected: {@code training.objective = iwae}. */
public final class ComponentShorthand {

  private ComponentShorthand() {}

  /**
   * Writes such names out as sections, so that keys of the component can be laid over them.
   *
   * @param layer what one source gives
   * @return the same, with {@code training.objective { type = iwae }}
   */
  public static ConfigObject expand(ConfigObject layer) {
    Config expanded = layer.toConfig();
    for (ComponentKind<?> kind : ComponentKind.configured()) {
      ConfigValue value = at(layer, kind.section());
      if (value != null && value.valueType() == ConfigValueType.STRING) {
        ConfigObject section = value.atKey(kind.nameKey()).root().withOrigin(value.origin());
        expanded = expanded.withValue(kind.section(), section);
      }
    }
    return expanded.root().withOrigin(layer.origin());
  }

  /** The value at a path of plain keys; null where there is none. */
  static ConfigValue at(ConfigObject layer, String path) {
    ConfigValue value = layer;
    for (String part : path.split("\\.")) {
      value = value instanceof ConfigObject object ? object.get(part) : null;
    }
    return value;
  }
}
