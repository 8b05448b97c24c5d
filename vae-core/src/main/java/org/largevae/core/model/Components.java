package org.largevae.core.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
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
 * @param types the parts by what a configuration calls them, for messages
 */
public record Components(
    Encoder encoder, Decoder decoder, Prior prior, Likelihood likelihood, Types types) {

  /**
   * What a configuration calls the parts.
   *
   * @param encoder for example {@code gated-mlp}
   * @param decoder for example {@code gated-mlp}
   * @param prior for example {@code vampprior}
   * @param likelihood for example {@code bernoulli}
   */
  public record Types(String encoder, String decoder, String prior, String likelihood) {}

  /**
   * Parts made by hand, known by the names of their classes.
   *
   * @param encoder q(z|x)
   * @param decoder gives the likelihood's parameters
   * @param prior p(z)
   * @param likelihood p(x|z)
   */
  public Components(Encoder encoder, Decoder decoder, Prior prior, Likelihood likelihood) {
    this(
        encoder,
        decoder,
        prior,
        likelihood,
        new Types(
            encoder.getClass().getSimpleName(),
            decoder.getClass().getSimpleName(),
            prior.getClass().getSimpleName(),
            likelihood.getClass().getSimpleName()));
  }

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

  /**
   * How many values the parameters have whose shapes are known before they are made.
   *
   * @return their number
   * @throws ArithmeticException if it exceeds a long
   */
  public long declaredValues() {
    long values = 0;
    for (Component component : byName().values()) {
      if (component.block().isPresent()) {
        for (Parameter parameter : component.block().get().getParameters().values()) {
          values = Math.addExact(values, values(parameter.getShape()));
        }
      }
    }
    return values;
  }

  private static long values(Shape shape) {
    long values = shape == null ? 0 : 1;
    for (int axis = 0; shape != null && axis < shape.dimension(); axis++) {
      values = Math.multiplyExact(values, shape.get(axis));
    }
    return values;
  }
}
