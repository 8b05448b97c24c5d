package org.largevae.core.registry;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;
import java.util.Optional;
import org.largevae.api.component.Provider;

/**
 * A provider that could be made.
 *
 * @param provider the provider
 * @param installed what lists show of it
 * @param plugin whether it came from a plugin, not from the class path
 */
record DiscoveredProvider(Provider<?> provider, InstalledComponent installed, boolean plugin) {

  /**
   * Asks a provider what it is.
   *
   * @param kind which kind
   * @param provider the provider
   * @return the two
   */
  static DiscoveredProvider of(ComponentKind<?> kind, Provider<?> provider) {
    Class<?> type = provider.getClass();
    Optional<String> version = Optional.ofNullable(type.getPackage().getImplementationVersion());
    return new DiscoveredProvider(
        provider,
        new InstalledComponent(
            kind.label(),
            Objects.requireNonNull(provider.name(), "name() is null"),
            Objects.requireNonNull(provider.description(), "description() is null"),
            version,
            source(type)),
        false);
  }

  /**
   * The same, found in a plugin.
   *
   * @return the provider
   */
  DiscoveredProvider ofPlugin() {
    return new DiscoveredProvider(provider, installed, true);
  }

  /**
   * Where a class came from.
   *
   * @param type the class
   * @return its jar or folder
   */
  static String source(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return "the Java runtime";
    }
    try {
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException | RuntimeException notOnDisk) {
      // a jar within a jar, or a class loader of an application's own
      return source.getLocation().toString();
    }
  }
}
