package org.largevae.api.network;

import java.util.function.BiFunction;
import org.largevae.api.component.Provider;
import org.largevae.api.data.ModelShape;

/**
 * A kind of posterior. Configured as {@code model.posterior { type = NAME }}.
 *
 * @param <S> its settings
 */
public abstract class PosteriorProvider<S extends Record> extends Provider<S> {
  private final BiFunction<S, ModelShape, Posterior> constructor;

  /**
   * A provider.
   *
   * @param name by which a configuration asks for the posterior
   * @param description one line without a full stop
   * @param settings the record of its settings
   * @param constructor makes one from its settings and its level's sizes, without values yet
   */
  protected PosteriorProvider(
      String name,
      String description,
      Class<S> settings,
      BiFunction<S, ModelShape, Posterior> constructor) {
    super(name, description, settings);
    this.constructor = constructor;
  }

  /**
   * Makes a posterior; its parameters have no values yet.
   *
   * @param settings its settings
   * @param shape its level's sizes
   * @return the posterior
   * @throws org.largevae.api.config.SettingException if a setting does not suit the sizes
   */
  public final Posterior create(S settings, ModelShape shape) {
    return constructor.apply(settings, shape);
  }
}
