package org.largevae.runner.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.largevae.api.component.Provider;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;

/**
 * Lays sources of configuration over each other. Where a source chooses another component than the
 * sources below it, their keys of that component's section no longer apply; of the dataset's
 * section those of the preparation, which is common to all datasets, stay.
 */
final class Composition {
  private final Registry registry;
  private final ConfigObject base;
  private final Faults faults;
  private final Map<String, ConfigOrigin> sections = new HashMap<>();
  private Config merged;

  /**
   * Starts with the lowest source.
   *
   * @param base the runner's own keys with their defaults, among them each component's name
   * @param preparation the keys of the data's preparation with their defaults
   * @param registry the installed components
   * @param faults gets what is wrong
   */
  Composition(Registry registry, Faults faults) {
    this.registry = registry;
    this.faults = faults;
    this.base = ComponentDefaults.base().root();
    this.merged = base.toConfig();
  }

  /**
   * Lays a source over those before it.
   *
   * @param layer what the source gives; its faults are gathered and left out
   */
  void add(ConfigObject layer) {
    ConfigObject given = ComponentShorthand.expand(layer);
    Config named = merged;
    for (ComponentKind<?> kind : ComponentKind.configured()) {
      String path = namePath(kind);
      named =
          name(given, kind)
              .map(v -> v.atPath(path))
              .orElse(ConfigFactory.empty())
              .withFallback(named);
    }
    Set<String> unknown = new HashSet<>();
    ConfigObject known = known(named, unknown);
    Config checked =
        new KeyChecker(known, unknown, unused(model(named)), faults).check(given).toConfig();
    for (ComponentKind<?> kind : ComponentKind.configured()) {
      lay(kind, checked);
    }
    merged = checked.withFallback(merged);
  }

  /**
   * The whole configuration, with the defaults of the chosen components.
   *
   * @return the tree; a component that is not installed is among the faults and lacks its defaults
   */
  Config result() {
    for (ComponentKind<?> kind : ComponentDefaults.used(registry, model(merged))) {
      if (provider(kind, merged).isEmpty()) {
        faults.add(missing(kind, merged.getValue(namePath(kind))));
      }
    }
    Config whole =
        ComponentDefaults.withoutUnused(
            registry, merged.withFallback(known(merged, new HashSet<>())), model(merged));
    sections.keySet().removeIf(path -> !whole.hasPath(path));
    return withOrigins(whole);
  }

  private Config withOrigins(Config config) {
    Config whole = config;
    for (Map.Entry<String, ConfigOrigin> section : sections.entrySet()) {
      ConfigObject object = whole.getObject(section.getKey());
      whole = whole.withValue(section.getKey(), object.withOrigin(section.getValue()));
    }
    return whole;
  }

  private void lay(ComponentKind<?> kind, Config layer) {
    if (!layer.hasPath(kind.section())) {
      return;
    }
    sections.put(kind.section(), layer.getObject(kind.section()).origin());
    String path = namePath(kind);
    if (layer.hasPath(path) && !layer.getString(path).equals(merged.getString(path))) {
      ConfigObject below = merged.getObject(kind.section());
      Map<String, ConfigValue> kept = new HashMap<>(below);
      kept.keySet().retainAll(ComponentDefaults.commonKeys(kind));
      merged = merged.withValue(kind.section(), ConfigValueFactory.fromMap(kept));
    }
  }

  /** The keys that may be given beside these component names, with their defaults. */
  private ConfigObject known(Config names, Set<String> unknown) {
    Config known = ComponentDefaults.withoutUnused(registry, base.toConfig(), model(names));
    for (ComponentKind<?> kind : ComponentDefaults.used(registry, model(names))) {
      Optional<? extends Provider<?>> provider = provider(kind, names);
      if (provider.isPresent()) {
        known = known.withFallback(ComponentDefaults.of(kind, provider.get()));
      } else {
        unknown.add(kind.section());
      }
    }
    return known.root();
  }

  /** Parts that this model does not have but others do, by their sections. */
  private Map<String, String> unused(String model) {
    Map<String, String> reasons = new HashMap<>();
    List<? extends ComponentKind<?>> used = ComponentDefaults.used(registry, model);
    for (ComponentKind<?> kind : ComponentKind.configured()) {
      String part = kind.section().substring(kind.section().lastIndexOf('.') + 1);
      List<String> having =
          registry.all(ComponentKind.MODEL).stream()
              .filter(provider -> provider.parts().contains(part))
              .map(Provider::name)
              .toList();
      if (!used.contains(kind) && !having.isEmpty()) {
        reasons.put(
            kind.section(),
            String.format(
                Locale.ROOT,
                "a model of type %s has no such part; leave it out, or choose model.type = %s",
                model,
                String.join(" or ", having)));
      }
    }
    return reasons;
  }

  private Optional<? extends Provider<?>> provider(ComponentKind<?> kind, Config names) {
    String name = names.getString(namePath(kind));
    return registry.all(kind).stream().filter(p -> p.name().equals(name)).findFirst();
  }

  private String missing(ComponentKind<?> kind, ConfigValue name) {
    try {
      registry.find(kind, String.valueOf(name.unwrapped()));
      throw new IllegalStateException("the registry finds a component that it does not list");
    } catch (ConfigurationException fault) {
      return fault.getMessage() + " (from " + name.origin().description() + ")";
    }
  }

  private static Optional<ConfigValue> name(ConfigObject layer, ComponentKind<?> kind) {
    return Optional.ofNullable(ComponentShorthand.at(layer, namePath(kind)))
        .filter(
            v ->
                v.valueType() == ConfigValueType.STRING
                    || v.valueType() == ConfigValueType.NUMBER
                    || v.valueType() == ConfigValueType.BOOLEAN);
  }

  private static String model(Config names) {
    return names.getString(namePath(ComponentKind.MODEL));
  }

  private static String namePath(ComponentKind<?> kind) {
    return kind.section() + "." + kind.nameKey();
  }
}
