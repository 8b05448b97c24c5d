package org.largevae.api.network;

import org.largevae.api.component.Provider;
import org.largevae.api.data.ModelShape;
import org.largevae.api.likelihood.Likelihood;

/**
 * A kind of decoder. Configured as {@code model.decoder { type = NAME }}.
 *
 * @param <S> its settings
 */
public abstract class DecoderProvider<S extends Record> extends Provider<S> {
  private final Constructor<S> constructor;

  /**
   * Makes decoders.
   *
   * @param <S> their settings
   */
  @FunctionalInterface
  public interface Constructor<S> {
    /**
     * Makes a decoder, without values yet.
     *
     * @param settings its settings
     * @param shape the sizes of the level that it decodes
     * @param likelihood what it gives the parameters of
     * @return the decoder
     */
    Decoder create(S settings, ModelShape shape, Likelihood likelihood);
  }

  /**
   * A provider.
   *
   * @param name by which a configuration asks for the decoder
   * @param description one line without a full stop
   * @param settings the record of its settings
   * @param constructor makes one
   */
  protected DecoderProvider(
      String name, String description, Class<S> settings, Constructor<S> constructor) {
    super(name, description, settings);
    this.constructor = constructor;
  }

  /**
   * Makes a decoder; its parameters have no values yet.
   *
   * @param settings its settings
   * @param shape the sizes of the level that it decodes
   * @param likelihood what it gives the parameters of
   * @return the decoder
   * @throws org.largevae.api.config.SettingException if a setting does not suit the sizes
   */
  public final Decoder create(S settings, ModelShape shape, Likelihood likelihood) {
    return constructor.create(settings, shape, likelihood);
  }
}
