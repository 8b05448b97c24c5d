package org.largevae.core.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.largevae.api.component.Provider;

/**
 * What a search of the class path gave for one kind.
 *
 * @param found the providers that could be made
 * @param refused those that could not
 */
record Discovery(List<DiscoveredProvider> found, List<RefusedComponent> refused) {

  /** Enough for any class path; ends a search that fails without ever going on. */
  private static final int MOST_FAILURES = 100;

  /**
   * Searches with {@link ServiceLoader}. A provider that fails does not stop the search.
   *
   * @param kind which kind
   * @param loader searches the class path
   * @return what it found
   */
  static Discovery search(ComponentKind<?> kind, ClassLoader loader) {
    List<DiscoveredProvider> found = new ArrayList<>();
    List<RefusedComponent> refused = new ArrayList<>();
    Iterator<? extends ServiceLoader.Provider<? extends Provider<?>>> services =
        ServiceLoader.load(kind.provider(), loader).stream().iterator();
    while (refused.size() < MOST_FAILURES) {
      ServiceLoader.Provider<? extends Provider<?>> service;
      try {
        if (!services.hasNext()) {
          break;
        }
        service = services.next();
      } catch (ServiceConfigurationError | LinkageError failure) {
        refused.add(refusal(kind, declaration(kind, failure, loader), failure));
        continue;
      }
      try {
        found.add(DiscoveredProvider.of(kind, service.get()));
      } catch (ServiceConfigurationError | LinkageError | RuntimeException failure) {
        refused.add(refusal(kind, DiscoveredProvider.source(service.type()), failure));
      }
    }
    return new Discovery(List.copyOf(found), List.copyOf(refused));
  }

  /**
   * The same, found in a plugin.
   *
   * @return the discovery
   */
  Discovery ofPlugin() {
    return new Discovery(found.stream().map(DiscoveredProvider::ofPlugin).toList(), refused);
  }

  /**
   * This and another.
   *
   * @param other the other
   * @return both
   */
  Discovery with(Discovery other) {
    return new Discovery(
        Stream.concat(found.stream(), other.found.stream()).toList(),
        Stream.concat(refused.stream(), other.refused.stream()).toList());
  }

  private static RefusedComponent refusal(ComponentKind<?> kind, String place, Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String reason =
        String.format(
            Locale.ROOT,
            "%s: its %s provider cannot be loaded: %s%s; %s",
            place,
            kind.label(),
            failure.getMessage(),
            cause == failure ? "" : " (" + cause + ")",
            remedy(cause));
    return new RefusedComponent(kind.label(), Optional.empty(), reason);
  }

  /** A class that was compiled against other types of the API does not link with these. */
  private static String remedy(Throwable cause) {
    return cause instanceof IncompatibleClassChangeError
        ? "it was built against another version of vae-api; get a version of the plugin for this"
            + " one, or take it away"
        : "repair this jar or take it off the class path";
  }

  /** ServiceLoader's message names the class but not the jar whose services file lists it. */
  private static String declaration(ComponentKind<?> kind, Throwable failure, ClassLoader loader) {
    String service = "META-INF/services/" + kind.provider().getName();
    String message = String.valueOf(failure.getMessage());
    try {
      for (URL file : Collections.list(loader.getResources(service))) {
        if (message.contains(file.toString()) || lists(file, message)) {
          return place(file, service);
        }
      }
    } catch (IOException unreadable) {
      return service + " (" + unreadable.getMessage() + ")";
    }
    return service;
  }

  private static boolean lists(URL file, String message) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .anyMatch(name -> !name.isEmpty() && (message + " ").contains(" " + name + " "));
    }
  }

  private static String place(URL file, String service) {
    return file.toString()
        .replaceFirst("^(jar:)?file:", "")
        .replaceFirst("!?/\\Q" + service + "\\E$", "");
  }
}
