package org.largevae.runner.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.largevae.api.component.Component;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.Encoder;
import org.largevae.api.prior.Prior;

/**
 * The parts of a one-level variational autoencoder.
 *
 * @param encoder q(z|x)
 * @param decoder gives the likelihood's parameters
 * @param prior p(z)
 * @param likelihood p(x|z)
 */
public record Components(Encoder encoder, Decoder decoder, Prior prior, Likelihood likelihood) {

  /**
   * The parts by the names that stand before their parameters' names, in the order in which they
   * are initialised.
   *
   * @return the parts
   */
  Map<String, Component> byName() {
    Map<String, Component> parts = new LinkedHashMap<>();
    parts.put("encoder", encoder);
    parts.put("decoder", decoder);
    parts.put("prior", prior);
    parts.put("likelihood", likelihood);
    return parts;
  }
}
