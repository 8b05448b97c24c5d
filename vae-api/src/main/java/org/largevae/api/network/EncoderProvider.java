package org.largevae.api.network;

import java.util.function.BiFunction;
import org.largevae.api.component.Provider;
import org.largevae.api.data.ModelShape;

/**
 * A kind of encoder. Configured as {@code model.encoder { type = NAME }}.
 *
 * @param <S> its settings
 */
public abstract class EncoderProvider<S extends Record> extends Provider<S> {
  private final BiFunction<S, ModelShape, Encoder> constructor;

  /**
   * A provider.
   *
   * @param name by which a configuration asks for the encoder
   * @param description one line without a full stop
   * @param settings the record of its settings
   * @param constructor makes one from its settings and its level's sizes, without values yet
   */
  protected EncoderProvider(
      String name,
      String description,
      Class<S> settings,
      BiFunction<S, ModelShape, Encoder> constructor) {
    super(name, description, settings);
    this.constructor = constructor;
  }

  /**
   * Makes an encoder; its parameters have no values yet.
   *
   * @param settings its settings
   * @param shape its level's sizes
   * @return the encoder
   * @throws org.largevae.api.config.SettingException if a setting does not suit the sizes
   */
  public final Encoder create(S settings, ModelShape shape) {
    return constructor.apply(settings, shape);
  }
}
