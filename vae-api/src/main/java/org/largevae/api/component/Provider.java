package org.largevae.api.component;

import java.util.Objects;
import org.largevae.api.config.SettingsSchema;

/**
 * What {@link java.util.ServiceLoader} finds: a named kind of component. Extend the provider of a
 * kind of component, for example {@code PriorProvider}, not this class.
 *
 * @param <S> the component's settings: a record whose components carry {@link
 *     org.largevae.api.config.Setting}
 */
public abstract class Provider<S extends Record> {
  private final String name;
  private final String description;
  private final Class<S> settings;

  /**
   * A provider.
   *
   * @param name by which a configuration asks for the component, for example {@code vampprior}:
   *     lower-case words joined by hyphens, unique among the installed providers of a kind
   * @param description one line without a full stop, for lists
   * @param settings the record of the component's settings
   */
  protected Provider(String name, String description, Class<S> settings) {
    this.name = Objects.requireNonNull(name, "name is null");
    this.description = Objects.requireNonNull(description, "description is null");
    this.settings = Objects.requireNonNull(settings, "settings is null");
  }

  /**
   * The name by which a configuration asks for this component.
   *
   * @return lower-case words joined by hyphens
   */
  public final String name() {
    return name;
  }

  /**
   * What the component is, for lists.
   *
   * @return one line without a full stop
   */
  public final String description() {
    return description;
  }

  /**
   * The component's settings: keys, defaults, bounds and meanings.
   *
   * @return the schema of the settings record
   * @throws IllegalArgumentException if the record is no record of settings
   */
  public final SettingsSchema<S> settings() {
    return SettingsSchema.of(settings);
  }
}
