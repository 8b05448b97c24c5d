package org.largevae.runner.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;
import org.largevae.runner.configuration.ComponentDefaults;

/**
 * Leaves out of a member what is meant for another component. In a grid of {@code model.prior.type
 * = [standard, vampprior]} and {@code model.prior.pseudo-inputs = [100, 500]} the standard prior
 * has no pseudo-inputs: its members go without, and are then the same.
 */
final class ComponentKeys {
  private final Registry registry;
  private final Config base;
  private final Map<ComponentKind<?>, Set<String>> chosen = new HashMap<>();

  private ComponentKeys(Registry registry, Config base) {
    this.registry = registry;
    this.base = base;
  }

  /**
   * Collects the components of a sweep's members.
   *
   * @param registry knows their keys
   * @param base the experiment that members start from
   * @param members the layers of each above the base
   */
  static ComponentKeys of(Registry registry, Config base, List<List<ConfigObject>> members) {
    ComponentKeys keys = new ComponentKeys(registry, base);
    for (ComponentKind<?> kind : ComponentKind.configured()) {
      Set<String> names = new TreeSet<>();
      members.forEach(layers -> names.add(keys.name(kind, layers)));
      keys.chosen.put(kind, names);
    }
    return keys;
  }

  /**
   * Selects the keys that apply to one member.
   *
   * @param layers of the member, from the lowest to the highest
   * @return all of them as one, without keys that only other members' components have; a key in the
   *     same layer as the component's name always stays, to be refused
   */
  ConfigObject applicable(List<ConfigObject> layers) {
    Config all = ConfigFactory.empty();
    String model = name(ComponentKind.MODEL, layers);
    for (ConfigObject layer : layers) {
      Config kept =
          written(layer, ComponentKind.MODEL).equals(Optional.of(model))
              ? layer.toConfig()
              : ComponentDefaults.withoutUnused(registry, layer.toConfig(), model);
      for (ComponentKind<?> kind : ComponentKind.configured()) {
        String name = name(kind, layers);
        if (section(layer, kind).isPresent() && !written(layer, kind).equals(Optional.of(name))) {
          kept = without(kept, kind, name, written(layer, kind));
        }
      }
      all = kept.withFallback(all);
    }
    return all.root();
  }

  private Config without(
      Config layer, ComponentKind<?> kind, String name, Optional<String> written) {
    Config kept = layer;
    Set<String> known = keys(kind, name);
    Set<String> others = new TreeSet<>(chosen.get(kind));
    written.ifPresent(others::add);
    for (String key : layer.getObject(kind.section()).keySet()) {
      boolean foreign =
          !known.contains(key) && others.stream().anyMatch(other -> mayHave(kind, other, key));
      kept = foreign ? kept.withoutPath(kind.section() + ".\"" + key + "\"") : kept;
    }
    return kept;
  }

  /** A component that does not exist may have any key: its name is refused later. */
  private boolean mayHave(ComponentKind<?> kind, String name, String key) {
    boolean exists = registry.all(kind).stream().anyMatch(p -> p.name().equals(name));
    return !exists || keys(kind, name).contains(key);
  }

  private Set<String> keys(ComponentKind<?> kind, String name) {
    Set<String> keys = new TreeSet<>(Set.of(kind.nameKey()));
    registry.all(kind).stream()
        .filter(provider -> provider.name().equals(name))
        .forEach(provider -> provider.settings().keys().forEach(key -> keys.add(key.key())));
    keys.addAll(ComponentDefaults.commonKeys(kind));
    return keys;
  }

  /** The name in the highest layer that has one, else the base's. */
  private String name(ComponentKind<?> kind, List<ConfigObject> layers) {
    String key = kind.section() + "." + kind.nameKey();
    String name = (base.hasPath(key) ? base : ComponentDefaults.base()).getString(key);
    for (ConfigObject layer : layers) {
      name = written(layer, kind).orElse(name);
    }
    return name;
  }

  private static Optional<String> written(ConfigObject layer, ComponentKind<?> kind) {
    return section(layer, kind)
        .map(section -> section.get(kind.nameKey()))
        .map(value -> String.valueOf(value.unwrapped()));
  }

  private static Optional<ConfigObject> section(ConfigObject layer, ComponentKind<?> kind) {
    ConfigValue value = layer;
    for (String part : kind.section().split("\\.")) {
      value = value instanceof ConfigObject object ? object.get(part) : null;
    }
    return value instanceof ConfigObject object ? Optional.of(object) : Optional.empty();
  }
}
