package org.largevae.api.model;

import java.util.function.BiFunction;
import org.largevae.api.component.Provider;

/**
 * A kind of model. Configured as {@code model { type = NAME }}, with its parts in sections of their
 * own below.
 *
 * @param <S> its own settings
 */
public abstract class ModelProvider<S extends Record> extends Provider<S> {
  private final BiFunction<S, ModelParts, Model> constructor;

  /**
   * A provider.
   *
   * @param name by which a configuration asks for the model
   * @param description one line without a full stop
   * @param settings the record of its own settings
   * @param constructor makes one from its settings and its parts
   */
  protected ModelProvider(
      String name,
      String description,
      Class<S> settings,
      BiFunction<S, ModelParts, Model> constructor) {
    super(name, description, settings);
    this.constructor = constructor;
  }

  /**
   * Makes a model; its parameters have no values yet.
   *
   * @param settings its own settings
   * @param parts makes its parts
   * @return the model
   * @throws org.largevae.api.config.ConfigurationException if parts do not fit together
   */
  public final Model create(S settings, ModelParts parts) {
    return constructor.apply(settings, parts);
  }
}
