package org.largevae.api.model;

import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ModelShape;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.Encoder;
import org.largevae.api.prior.ConditionalPrior;
import org.largevae.api.prior.Prior;

/** Makes the parts of a model as its configuration describes them. It will grow. */
public interface ModelParts {

  /**
   * What the examples are made of.
   *
   * @return their description
   */
  DataDescription data();

  /**
   * The encoder of section {@code model.encoder}.
   *
   * @param shape its level's sizes
   * @return a new one
   * @throws org.largevae.api.config.ConfigurationException if a setting is bad
   */
  Encoder encoder(ModelShape shape);

  /**
   * The prior of section {@code model.prior}.
   *
   * @param shape its level's sizes
   * @return a new one
   * @throws org.largevae.api.config.ConfigurationException if a setting is bad
   */
  Prior prior(ModelShape shape);

  /**
   * The prior of a level below others, of section {@code model.conditional-prior}.
   *
   * @param shape its level's sizes
   * @return a new one
   * @throws org.largevae.api.config.ConfigurationException if a setting is bad
   */
  ConditionalPrior conditionalPrior(ModelShape shape);

  /**
   * The likelihood of section {@code model.likelihood}.
   *
   * @return a new one
   * @throws org.largevae.api.config.ConfigurationException if a setting is bad, or the likelihood
   *     does not suit such data
   */
  Likelihood likelihood();

  /**
   * The decoder of section {@code model.decoder}.
   *
   * @param shape the sizes of the level that it decodes
   * @param likelihood what it gives the parameters of
   * @return a new one
   * @throws org.largevae.api.config.ConfigurationException if a setting is bad
   */
  Decoder decoder(ModelShape shape, Likelihood likelihood);
}
