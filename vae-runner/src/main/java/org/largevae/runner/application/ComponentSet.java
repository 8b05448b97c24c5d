package org.largevae.runner.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.largevae.api.component.Provider;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;

/**
 * The components that an application made itself, before those that are installed.
 *
 * @param own the application's
 * @param installed all others
 */
record ComponentSet(List<Provider> own, Registry installed) implements Registry {

  /** Copies the list. */
  ComponentSet {
    own = List.copyOf(own);
  }

  /**
   * The set with one more.
   *
   * @param provider an application's own
   * @return the larger set
   * @throws ConfigurationException if its name is taken
   */
  ComponentSet with(Provider provider) {
    ComponentKind<? extends Provider> kind = kind(provider);
    if (all(kind).stream().anyMatch(known -> known.name().equals(provider.name()))) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "a %s of the name \"%s\" exists already; give yours another name",
              kind.label(),
              provider.name()));
    }
    List<Provider> more = new ArrayList<>(own);
    more.add(provider);
    return new ComponentSet(more, installed);
  }

  /**
   * The kind of a provider.
   *
   * @param provider the provider
   * @return its kind
   */
  static ComponentKind<? extends Provider> kind(Provider provider) {
    return ComponentKind.all().stream()
        .filter(kind -> kind.provider().isInstance(provider))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    provider.getClass().getName() + " provides no kind of component"));
  }

  @Override
  public <P extends Provider> P find(ComponentKind<P> kind, String name) {
    return own(kind)
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseGet(() -> installed.find(kind, name));
  }

  @Override
  public <P extends Provider> List<P> all(ComponentKind<P> kind) {
    List<P> own = own(kind).toList();
    List<String> names = own.stream().map(Provider::name).toList();
    Stream<P> others =
        installed.all(kind).stream().filter(provider -> !names.contains(provider.name()));
    return Stream.concat(own.stream(), others).toList();
  }

  private <P extends Provider> Stream<P> own(ComponentKind<P> kind) {
    return own.stream().filter(kind.provider()::isInstance).map(kind.provider()::cast);
  }
}
