package org.largevae.api.network;

import org.largevae.api.component.Provider;
import org.largevae.api.data.ModelShape;

/**
 * A kind of encoder. Configured as {@code model.encoder { type = NAME }}.
 *
 * @param <S> its settings
 */
public abstract class EncoderProvider<S extends Record> extends Provider<S> {
  private final EncoderConstructor<S> constructor;

  /**
   * Makes encoders.
   *
   * @param <S> their settings
   */
  @FunctionalInterface
  public interface EncoderConstructor<S> {
    /**
     * Makes one; its parameters have no values yet.
     *
     * @param settings its settings
     * @param shape its level's sizes
     * @param posterior what it gives the parameters of
     * @return the encoder
     */
    Encoder create(S settings, ModelShape shape, Posterior posterior);
  }

  /**
   * A provider.
   *
   * @param name by which a configuration asks for the encoder
   * @param description one line without a full stop
   * @param settings the record of its settings
   * @param constructor makes one from its settings, its level's sizes and the posterior, without
   *     values yet
   */
  protected EncoderProvider(
      String name, String description, Class<S> settings, EncoderConstructor<S> constructor) {
    super(name, description, settings);
    this.constructor = constructor;
  }

  /**
   * Makes an encoder; its parameters have no values yet.
   *
   * @param settings its settings
   * @param shape its level's sizes
   * @param posterior what it gives the parameters of
   * @return the encoder
   * @throws org.largevae.api.config.SettingException if a setting does not suit the sizes
   */
  public final Encoder create(S settings, ModelShape shape, Posterior posterior) {
    return constructor.create(settings, shape, posterior);
  }
}
