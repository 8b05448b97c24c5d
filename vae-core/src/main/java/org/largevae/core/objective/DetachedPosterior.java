package org.largevae.core.objective;

import ai.djl.ndarray.NDArray;
import java.util.Locale;
import org.largevae.api.component.ClassNames;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.distribution.Density;
import org.largevae.api.model.Bound;
import org.largevae.api.tensor.Tensors;

/**
 * Log importance weights in which no gradient reaches the posterior's parameters but through z. The
 * prior keeps its own: under a VampPrior the encoder is a part of p(z) too, and what reaches it
 * through the pseudo-inputs is a gradient of the model.
 */
final class DetachedPosterior {

  private DetachedPosterior() {}

  /**
   * {@code log p(x|z) - beta (log q(z|x) - log p(z))}.
   *
   * @param bound at some latents
   * @param beta the weight of KL
   * @param objective its name, for messages
   * @return in nats, shape (S, B)
   */
  static NDArray logWeight(Bound bound, double beta, String objective) {
    if (bound.levels().size() != 1) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "training.objective.type = \"%s\": is for models with one level of latents; this one"
                  + " has %d",
              objective,
              bound.levels().size()));
    }
    Bound.Level level = bound.levels().get(0);
    if (!(level.posterior().detached() instanceof Density posterior)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "training.objective.type = \"%s\": needs the posterior's density at given latents,"
                  + " which a %s does not know; choose another posterior or objective",
              objective,
              ClassNames.of(level.posterior().getClass())));
    }
    NDArray kl = posterior.logProb(level.draw().value()).sub(level.logPrior());
    return bound.reconstruction().sub(Tensors.multiply(kl, beta));
  }
}
