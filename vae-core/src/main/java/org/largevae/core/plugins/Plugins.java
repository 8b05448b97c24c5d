package org.largevae.core.plugins;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.largevae.api.component.Provider;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.RefusedComponent;

/**
 * The plugins in some folders. Every jar directly in a folder is a plugin, and so is every folder
 * in it that holds jars. One that cannot be used is refused with the reason; the others stay
 * usable.
 *
 * @param loaders one for each usable plugin, in the order of their names
 * @param refused why others cannot be used, one sentence each
 */
public record Plugins(List<PluginClassLoader> loaders, List<RefusedComponent> refused) {
  /** The attribute of a jar's manifest that says which version of vae-api it was built against. */
  public static final String API_VERSION = "Large-Vae-Api-Version";

  /** Copies the lists. */
  public Plugins {
    loaders = List.copyOf(loaders);
    refused = List.copyOf(refused);
  }

  /**
   * Looks for plugins.
   *
   * @param folders where to look
   * @param parent the program's class loader
   * @return what is there
   * @throws ConfigurationException if a folder is missing or cannot be read
   */
  public static Plugins in(List<Path> folders, ClassLoader parent) {
    List<PluginClassLoader> loaders = new ArrayList<>();
    List<RefusedComponent> refused = new ArrayList<>();
    for (Path folder : folders) {
      for (Path plugin : entries(folder)) {
        List<Path> jars = Files.isDirectory(plugin) ? jars(entries(plugin)) : List.of(plugin);
        Optional<String> fault = fault(jars);
        if (fault.isPresent()) {
          refused.add(
              new RefusedComponent("plugin", Optional.empty(), plugin + ": " + fault.get()));
        } else {
          loaders.add(
              new PluginClassLoader(
                  plugin.toString(), jars.stream().map(Plugins::url).toList(), parent));
        }
      }
    }
    return new Plugins(loaders, refused);
  }

  /** What may be a plugin, by name: jars and folders that hold some. */
  private static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new ConfigurationException(
          folder + ": is no folder; name the folder that holds the plugins' jars with --plugins");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Plugins::mayBePlugin).sorted().toList();
    } catch (IOException failure) {
      throw new ConfigurationException(
          folder + ": cannot be read: " + failure.getMessage(), failure);
    }
  }

  private static boolean mayBePlugin(Path entry) {
    return !entry.getFileName().toString().startsWith(".")
        && (isJar(entry) || Files.isDirectory(entry));
  }

  private static List<Path> jars(List<Path> entries) {
    return entries.stream().filter(Plugins::isJar).toList();
  }

  private static boolean isJar(Path entry) {
    return entry.getFileName().toString().endsWith(".jar") && !Files.isDirectory(entry);
  }

  private static Optional<String> fault(List<Path> jars) {
    if (jars.isEmpty()) {
      return Optional.of("holds no jar; put the plugin's jars into it, or take it out of here");
    }
    boolean offers = false;
    for (Path jar : jars) {
      try (JarFile file = new JarFile(jar.toFile())) {
        Optional<String> fault = apiFault(file.getManifest());
        if (fault.isPresent()) {
          return fault;
        }
        offers |= ComponentKind.all().stream().anyMatch(kind -> names(file, kind));
      } catch (IOException | SecurityException damaged) {
        return Optional.of(
            "is not a whole jar ("
                + damaged.getMessage()
                + "); copy it again, or take it out of here");
      }
    }
    return offers
        ? Optional.empty()
        : Optional.of(
            "offers no component: it has no file META-INF/services/org.largevae.api...Provider;"
                + " a library belongs into the folder of the plugin that uses it");
  }

  private static boolean names(JarFile file, ComponentKind<? extends Provider<?>> kind) {
    return file.getEntry("META-INF/services/" + kind.provider().getName()) != null;
  }

  private static Optional<String> apiFault(Manifest manifest) {
    String built = manifest == null ? null : manifest.getMainAttributes().getValue(API_VERSION);
    String present = Provider.class.getPackage().getImplementationVersion();
    // run from folders of classes there is no version to compare with
    return built == null || present == null
        ? Optional.empty()
        : ApiCompatibility.fault(built, present);
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException("a file has a URL", impossible);
    }
  }
}
