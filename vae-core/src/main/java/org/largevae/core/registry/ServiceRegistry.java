package org.largevae.core.registry;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.largevae.api.component.Provider;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Names;
import org.largevae.api.files.MessageText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The components that {@link java.util.ServiceLoader} finds, or those given by hand.
 *
 * <p>A provider that cannot be loaded, has a name that is not made of lower-case words joined by
 * hyphens, or shares its name with another of its kind is refused: a warning is logged, {@link
 * #refused()} lists it, and {@link #find} says why where the configuration asks for it. The other
 * providers stay usable. Of two providers of one name both are refused, because the order of the
 * class path must not decide a result; but a plugin cannot take a component of the class path away.
 */
public final class ServiceRegistry implements Registry {
  private static final Logger LOGGER = LoggerFactory.getLogger(ServiceRegistry.class);

  private final Map<ComponentKind<?>, KindRegistry> kinds;
  private final List<RefusedComponent> refusedPlugins;

  /**
   * Finds what is installed on the class path.
   *
   * @param loader searches the class path
   */
  public ServiceRegistry(ClassLoader loader) {
    this(loader, List.of(), List.of());
  }

  /**
   * Finds what is installed on the class path and in plugins.
   *
   * @param loader searches the class path
   * @param plugins each searches one plugin and finds no service of the class path
   * @param refusedPlugins plugins that could not be opened, to be listed with the other refusals
   */
  public ServiceRegistry(
      ClassLoader loader,
      List<? extends ClassLoader> plugins,
      List<RefusedComponent> refusedPlugins) {
    this(
        kind ->
            plugins.stream()
                .map(plugin -> Discovery.search(kind, plugin).ofPlugin())
                .reduce(Discovery.search(kind, loader), Discovery::with),
        refusedPlugins);
  }

  private ServiceRegistry(
      Function<ComponentKind<?>, Discovery> search, List<RefusedComponent> refusedPlugins) {
    this.refusedPlugins = List.copyOf(refusedPlugins);
    this.kinds =
        ComponentKind.all().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    kind -> kind, k -> KindRegistry.of(k, search.apply(k))));
    refused().forEach(refused -> LOGGER.warn("{}", refused.reason()));
  }

  /**
   * A registry of these providers alone, without discovery.
   *
   * @param providers providers of any kinds
   * @return the registry
   */
  public static ServiceRegistry of(Collection<? extends Provider<?>> providers) {
    List<Provider<?>> given = List.copyOf(providers);
    return new ServiceRegistry(
        kind ->
            new Discovery(
                given.stream()
                    .filter(kind.provider()::isInstance)
                    .map(provider -> DiscoveredProvider.of(kind, provider))
                    .toList(),
                List.of()),
        List.of());
  }

  @Override
  public <P extends Provider<?>> P find(ComponentKind<P> kind, String name) {
    KindRegistry ofKind = ofKind(kind);
    DiscoveredProvider found = ofKind.usable().get(name);
    if (found != null) {
      return kind.provider().cast(found.provider());
    }
    String given = String.format(Locale.ROOT, "%s = \"%s\": ", kind.key(), MessageText.of(name));
    Optional<RefusedComponent> refused =
        ofKind.refused().stream().filter(r -> r.name().equals(Optional.of(name))).findFirst();
    throw new ConfigurationException(
        given + refused.map(RefusedComponent::reason).orElseGet(() -> missing(kind, ofKind, name)));
  }

  @Override
  public <P extends Provider<?>> List<P> all(ComponentKind<P> kind) {
    return ofKind(kind).usable().values().stream()
        .map(found -> kind.provider().cast(found.provider()))
        .toList();
  }

  /**
   * The usable components.
   *
   * @return by kind, then by name
   */
  public List<InstalledComponent> installed() {
    return ordered()
        .flatMap(ofKind -> ofKind.usable().values().stream())
        .map(DiscoveredProvider::installed)
        .toList();
  }

  /**
   * The components that were found and refused.
   *
   * @return by kind, each with its reason
   */
  public List<RefusedComponent> refused() {
    return Stream.concat(
            refusedPlugins.stream(), ordered().flatMap(ofKind -> ofKind.refused().stream()))
        .toList();
  }

  private Stream<KindRegistry> ordered() {
    return ComponentKind.all().stream().map(this::ofKind);
  }

  private KindRegistry ofKind(ComponentKind<?> kind) {
    return Objects.requireNonNull(kinds.get(kind), () -> "no such kind: " + kind);
  }

  private static String missing(ComponentKind<?> kind, KindRegistry ofKind, String name) {
    Collection<String> names = ofKind.usable().keySet();
    return String.format(
        Locale.ROOT,
        "no such %s. %sInstalled: %s. %s from another jar must be on the class path or in a plugin folder;"
            + " see `vae plugins`.",
        kind.label(),
        Names.nearest(name, names).map(n -> "Did you mean \"" + n + "\"? ").orElse(""),
        names.isEmpty() ? "none" : String.join(", ", names),
        kind.label().matches("[aeiou].*") ? "An " + kind.label() : "A " + kind.label());
  }
}
