package org.largevae.api.component;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/**
 * What {@link java.util.ServiceLoader} finds: a named kind of component. Implement one of the
 * providers of the component kinds, not this interface.
 */
public interface Provider {

  /**
   * The name by which a configuration asks for this component, for example {@code vampprior}.
   *
   * @return lower-case words joined by hyphens; unique among the installed providers of a kind
   */
  String name();

  /**
   * What the component is, for lists.
   *
   * @return one line without a full stop
   */
  String description();

  /**
   * The configuration's keys with their defaults. It must hold every key that the component reads;
   * a key that is not here is an error in a user's configuration. A key whose default is {@code
   * null} has to be given where the component reads it.
   *
   * @return the defaults; empty for a component without keys
   */
  default Config defaults() {
    return ConfigFactory.empty();
  }
}
