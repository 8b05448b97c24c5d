package org.largevae.core.registry;

import java.util.List;
import org.largevae.api.component.Provider;

/** The installed components, by kind and name. */
public interface Registry {

  /**
   * The provider of a name.
   *
   * @param kind which kind
   * @param name its name
   * @param <P> the provider interface
   * @return the provider
   * @throws org.largevae.api.config.ConfigurationException if there is none; the message lists what
   *     is installed
   */
  <P extends Provider<?>> P find(ComponentKind<P> kind, String name);

  /**
   * All providers of a kind, by name.
   *
   * @param kind which kind
   * @param <P> the provider interface
   * @return the providers
   */
  <P extends Provider<?>> List<P> all(ComponentKind<P> kind);
}
