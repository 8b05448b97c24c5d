package org.largevae.api.likelihood;

import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Provider;
import org.largevae.api.config.Settings;

/** A kind of likelihood. Configured as {@code model.likelihood { type = NAME }}. */
public interface LikelihoodProvider extends Provider {

  /**
   * Makes a likelihood.
   *
   * @param settings the configuration section {@code model.likelihood}
   * @param shape the model's sizes
   * @return the likelihood
   * @throws org.largevae.api.config.ConfigurationException if a setting is bad
   */
  Likelihood create(Settings settings, ModelShape shape);
}
