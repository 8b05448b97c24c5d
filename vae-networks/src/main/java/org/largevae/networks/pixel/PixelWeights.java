package org.largevae.networks.pixel;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import org.largevae.api.component.Pass;

/**
 * The values of a network's parameters in a pass.
 *
 * @param pass the pass
 * @param detached whether no gradient reaches them
 */
record PixelWeights(Pass pass, boolean detached) {

  /** The value of a parameter. */
  NDArray of(Parameter parameter) {
    NDArray value = pass.value(parameter);
    return detached ? value.stopGradient() : value;
  }

  /** The same values, which no gradient reaches. */
  PixelWeights withoutGradient() {
    return new PixelWeights(pass, true);
  }

  boolean isTraining() {
    return pass.isTraining();
  }
}
