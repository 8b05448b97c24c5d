package org.largevae.api.objective;

import java.util.function.Function;
import org.largevae.api.component.Provider;

/**
 * A kind of objective. Configured as {@code training.objective { type = NAME }}.
 *
 * @param <S> its settings
 */
public abstract class ObjectiveProvider<S extends Record> extends Provider<S> {
  private final Function<S, Objective> constructor;

  /**
   * A provider.
   *
   * @param name by which a configuration asks for the objective
   * @param description one line without a full stop
   * @param settings the record of its settings
   * @param constructor makes one from its settings
   */
  protected ObjectiveProvider(
      String name, String description, Class<S> settings, Function<S, Objective> constructor) {
    super(name, description, settings);
    this.constructor = constructor;
  }

  /**
   * Makes an objective.
   *
   * @param settings its settings
   * @return the objective
   */
  public final Objective create(S settings) {
    return constructor.apply(settings);
  }
}
