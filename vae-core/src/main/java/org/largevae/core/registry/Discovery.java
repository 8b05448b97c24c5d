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
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.largevae.api.component.Provider;

/**
 * What a search of the class path gave for one kind.
 *
 * @param found the providers that could be made
 * @param refused those that could not
 */
record Discovery(List<DiscoveredProvider> found, List<RefusedComponent> refused) {

  private static final String API = "org/largevae/api/";

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
            message(failure),
            cause == failure ? "" : " (" + cause + ")",
            remedy(failure, cause));
    return new RefusedComponent(kind.label(), Optional.empty(), reason);
  }

  /** The message of a class that is not there is its name alone. */
  private static String message(Throwable failure) {
    return failure instanceof NoClassDefFoundError
        ? "the class " + failure.getMessage() + " is missing"
        : failure.getMessage();
  }

  /** A class that was compiled against other types of the API does not link with these. */
  private static String remedy(Throwable failure, Throwable cause) {
    if (cause instanceof UnsupportedClassVersionError) {
      return "run on a newer Java than "
          + Runtime.version().feature()
          + ", or get a version of the plugin for this one";
    }
    Throwable link = failure instanceof LinkageError ? failure : failure.getCause();
    if (link instanceof NoClassDefFoundError && !String.valueOf(link.getMessage()).contains(API)) {
      return "put the jar that holds the class beside this one, into a folder of their own, or take"
          + " it away";
    }
    return cause instanceof IncompatibleClassChangeError || link instanceof NoClassDefFoundError
        ? "it was built against another version of vae-api; get a version of the plugin for this"
            + " one, or take it away"
        : "repair this jar or take it off the class path";
  }

  /**
   * ServiceLoader's message names the class but not the jar whose services file lists it; that of a
   * class that does not link names another class or none, so that each listed is tried.
   */
  private static String declaration(ComponentKind<?> kind, Throwable failure, ClassLoader loader) {
    String service = "META-INF/services/" + kind.provider().getName();
    String message = String.valueOf(failure.getMessage());
    try {
      for (URL file : Collections.list(loader.getResources(service))) {
        if (message.contains(file.toString())
            || lists(file, name -> isNamed(name, message) || fails(name, loader, failure))) {
          return place(file, service);
        }
      }
    } catch (IOException unreadable) {
      return service + " (" + unreadable.getMessage() + ")";
    }
    return service;
  }

  private static boolean lists(URL file, Predicate<String> wanted) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(name -> !name.isEmpty())
          .anyMatch(wanted);
    }
  }

  private static boolean isNamed(String name, String message) {
    return (message + " ").contains(" " + name + " ");
  }

  /** Whether loading a class fails in the same way again. */
  private static boolean fails(String name, ClassLoader loader, Throwable failure) {
    if (!(failure instanceof LinkageError)) {
      return false;
    }
    try {
      Class.forName(name, false, loader);
      return false;
    } catch (LinkageError again) {
      return again.getClass() == failure.getClass()
          && String.valueOf(again.getMessage()).equals(String.valueOf(failure.getMessage()));
    } catch (ClassNotFoundException another) {
      return false;
    }
  }

  private static String place(URL file, String service) {
    return file.toString()
        .replaceFirst("^(jar:)?file:", "")
        .replaceFirst("!?/\\Q" + service + "\\E$", "");
  }
}
