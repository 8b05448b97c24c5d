package org.largevae.api.model;

import java.util.Set;
import java.util.function.BiFunction;
import org.largevae.api.component.Provider;

/**
 * A kind of model. Configured as {@code model { type = NAME }}, with its parts in sections of their
 * own below.
 *
 * @param <S> its own settings
 */
public abstract class ModelProvider<S extends Record> extends Provider<S> {
  /** The parts of a model of one level, by the names of their sections. */
  public static final Set<String> ONE_LEVEL =
      Set.of("encoder", "posterior", "decoder", "prior", "likelihood");

  private final Set<String> parts;
  private final BiFunction<S, ModelParts, Model> constructor;

  /**
   * A provider.
   *
   * @param name by which a configuration asks for the model
   * @param description one line without a full stop
   * @param settings the record of its own settings
   * @param parts the names of the sections within {@code model} that describe its parts, each one
   *     of those that {@link ModelParts} names
   * @param constructor makes one from its settings and its parts
   */
  protected ModelProvider(
      String name,
      String description,
      Class<S> settings,
      Set<String> parts,
      BiFunction<S, ModelParts, Model> constructor) {
    super(name, description, settings);
    this.parts = Set.copyOf(parts);
    this.constructor = constructor;
  }

  /**
   * The parts that it asks for; a configuration with other sections is refused.
   *
   * @return the names of their sections, such as {@code encoder}
   */
  public final Set<String> parts() {
    return parts;
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
