package org.largevae.api.objective;

import org.largevae.api.component.Component;
import org.largevae.api.model.Draws;

/**
 * What training minimises: a bound on -log p(x), or a surrogate whose gradient is wanted. It may
 * have state, as a multiplier that follows a constraint is: a parameter that requires no gradient,
 * which is saved and resumed with the optimiser's. It has no trained parameters.
 */
public interface Objective extends Component {

  /**
   * The loss of a batch.
   *
   * @param draws S draws for each of B examples
   * @param beta the weight of the KL term at this epoch, at least 0
   * @return the loss and its parts
   * @throws org.largevae.api.config.ConfigurationException if the objective cannot be computed for
   *     such a model, for example because there is no closed form
   */
  Loss loss(Draws draws, double beta);

  /**
   * Whether it trains the prior alone, so that encoder and decoder stay as they start: a training
   * that starts from no other then warns of them.
   *
   * @return false unless overridden
   */
  default boolean trainsPriorAlone() {
    return false;
  }
}
