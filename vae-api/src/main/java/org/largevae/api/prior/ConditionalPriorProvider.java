package org.largevae.api.prior;

import java.util.function.BiFunction;
import org.largevae.api.component.Provider;
import org.largevae.api.data.ModelShape;

/**
 * A kind of conditional prior. Configured as {@code model.conditional-prior { type = NAME }} in
 * models of several levels.
 *
 * @param <S> its settings
 */
public abstract class ConditionalPriorProvider<S extends Record> extends Provider<S> {
  private final BiFunction<S, ModelShape, ConditionalPrior> constructor;

  /**
   * A provider.
   *
   * @param name by which a configuration asks for the conditional prior
   * @param description one line without a full stop
   * @param settings the record of its settings
   * @param constructor makes one from its settings and its level's sizes, {@link
   *     ModelShape#latentSizesAbove} among them, without values yet
   */
  protected ConditionalPriorProvider(
      String name,
      String description,
      Class<S> settings,
      BiFunction<S, ModelShape, ConditionalPrior> constructor) {
    super(name, description, settings);
    this.constructor = constructor;
  }

  /**
   * Makes a conditional prior; its parameters have no values yet.
   *
   * @param settings its settings
   * @param shape its level's sizes
   * @return the conditional prior
   * @throws org.largevae.api.config.SettingException if a setting does not suit the sizes
   */
  public final ConditionalPrior create(S settings, ModelShape shape) {
    return constructor.apply(settings, shape);
  }
}
