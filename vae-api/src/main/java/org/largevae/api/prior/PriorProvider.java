package org.largevae.api.prior;

import java.util.function.BiFunction;
import org.largevae.api.component.Provider;
import org.largevae.api.data.ModelShape;

/**
 * A kind of prior. Configured as {@code model.prior { type = NAME }}.
 *
 * @param <S> its settings
 */
public abstract class PriorProvider<S extends Record> extends Provider<S> {
  private final BiFunction<S, ModelShape, Prior> constructor;

  /**
   * A provider.
   *
   * @param name by which a configuration asks for the prior
   * @param description one line without a full stop
   * @param settings the record of its settings
   * @param constructor makes one from its settings and its level's sizes, without values yet
   */
  protected PriorProvider(
      String name,
      String description,
      Class<S> settings,
      BiFunction<S, ModelShape, Prior> constructor) {
    super(name, description, settings);
    this.constructor = constructor;
  }

  /**
   * Makes a prior; its parameters have no values yet.
   *
   * @param settings its settings
   * @param shape its level's sizes
   * @return the prior
   * @throws org.largevae.api.config.SettingException if a setting does not suit the sizes
   */
  public final Prior create(S settings, ModelShape shape) {
    return constructor.apply(settings, shape);
  }
}
