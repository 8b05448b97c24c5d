package org.largevae.api.network;

import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Provider;
import org.largevae.api.config.Settings;

/** A kind of decoder. Configured as {@code model.decoder { type = NAME }}. */
public interface DecoderProvider extends Provider {

  /**
   * Makes a decoder; its parameters have no values yet.
   *
   * @param settings the configuration section {@code model.decoder}
   * @param shape the model's sizes
   * @param parameterCount how many arrays the likelihood needs, at least 1
   * @return the decoder
   * @throws org.largevae.api.config.ConfigurationException if a setting is bad
   */
  Decoder create(Settings settings, ModelShape shape, int parameterCount);
}
