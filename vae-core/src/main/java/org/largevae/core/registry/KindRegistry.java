package org.largevae.core.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The components of one kind.
 *
 * @param usable by name
 * @param refused those that cannot be used
 */
record KindRegistry(SortedMap<String, DiscoveredProvider> usable, List<RefusedComponent> refused) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /**
   * Sorts out what was discovered.
   *
   * @param kind the kind
   * @param discovery what was found of it
   * @return those that can be used and those that cannot
   */
  static KindRegistry of(ComponentKind<?> kind, Discovery discovery) {
    SortedMap<String, DiscoveredProvider> usable = new TreeMap<>();
    List<RefusedComponent> refused = new ArrayList<>(discovery.refused());
    Map<String, List<DiscoveredProvider>> byName =
        discovery.found().stream()
            .collect(
                Collectors.groupingBy(
                    found -> found.installed().name(), TreeMap::new, Collectors.toList()));
    byName.forEach(
        (name, found) -> {
          if (!NAME.matcher(name).matches()) {
            found.forEach(each -> refused.add(badName(kind, name, each)));
            return;
          }
          List<DiscoveredProvider> rivals = found.stream().filter(each -> !each.plugin()).toList();
          if (rivals.isEmpty()) {
            rivals = found;
          } else {
            found.stream()
                .filter(DiscoveredProvider::plugin)
                .forEach(p -> refused.add(taken(kind, name, p)));
          }
          if (rivals.size() > 1) {
            refused.add(duplicate(kind, name, rivals));
          } else {
            usable.put(name, rivals.get(0));
          }
        });
    return new KindRegistry(usable, List.copyOf(refused));
  }

  private static RefusedComponent badName(
      ComponentKind<?> kind, String name, DiscoveredProvider found) {
    String reason =
        String.format(
            Locale.ROOT,
            "%s: the %s provider %s has the name \"%s\"; a name is lower-case words joined by"
                + " hyphens",
            found.installed().source(),
            kind.label(),
            found.provider().getClass().getName(),
            name);
    return new RefusedComponent(kind.label(), Optional.of(name), reason);
  }

  private static RefusedComponent taken(
      ComponentKind<?> kind, String name, DiscoveredProvider plugin) {
    String reason =
        String.format(
            Locale.ROOT,
            "%s: its %s \"%s\" has the name of one that is on the class path already; that one is"
                + " used, rename the plugin's",
            plugin.installed().source(),
            kind.label(),
            name);
    return new RefusedComponent(kind.label(), Optional.of(name), reason);
  }

  private static RefusedComponent duplicate(
      ComponentKind<?> kind, String name, List<DiscoveredProvider> found) {
    String origins =
        found.stream()
            .map(f -> f.provider().getClass().getName() + " in " + f.installed().source())
            .sorted()
            .collect(Collectors.joining(" and "));
    String reason =
        String.format(
            Locale.ROOT,
            "the %s \"%s\" is provided by %s; take all but one of these jars off the class path",
            kind.label(),
            name,
            origins);
    return new RefusedComponent(kind.label(), Optional.of(name), reason);
  }
}
