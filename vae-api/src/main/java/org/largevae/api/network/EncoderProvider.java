package org.largevae.api.network;

import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Provider;
import org.largevae.api.config.Settings;

/** A kind of encoder. Configured as {@code model.encoder { type = NAME }}. */
public interface EncoderProvider extends Provider {

  /**
   * Makes an encoder; its parameters have no values yet.
   *
   * @param settings the configuration section {@code model.encoder}
   * @param shape the model's sizes
   * @return the encoder
   * @throws org.largevae.api.config.ConfigurationException if a setting is bad
   */
  Encoder create(Settings settings, ModelShape shape);
}
