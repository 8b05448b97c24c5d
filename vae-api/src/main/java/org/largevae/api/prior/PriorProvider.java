package org.largevae.api.prior;

import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Provider;
import org.largevae.api.config.Settings;

/** A kind of prior. Configured as {@code model.prior { type = NAME }}. */
public interface PriorProvider extends Provider {

  /**
   * Makes a prior; its parameters have no values yet.
   *
   * @param settings the configuration section {@code model.prior}
   * @param shape the model's sizes
   * @return the prior
   * @throws org.largevae.api.config.ConfigurationException if a setting is bad
   */
  Prior create(Settings settings, ModelShape shape);
}
