package org.largevae.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.largevae.core.engine.Copies;

/**
 * Adam by the engine's own operation, for arrays on any device and of any data type.
 *
 * @param first the first moment, of the parameter's shape
 * @param second the second moment, of the parameter's shape
 */
record EngineAdamUpdate(NDArray first, NDArray second) implements AdamUpdate {

  @Override
  public void apply(NDArray weight, NDArray gradient, float gradientScale, Step step) {
    // the learning rate stands twice in DJL's signature; only the corrected one is used for Adam
    weight
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(weight, gradient, first, second),
            new NDList(weight),
            step.rate(),
            step.rate(),
            0f,
            gradientScale,
            -1f,
            step.beta1(),
            step.beta2(),
            step.epsilon(),
            false,
            false);
  }

  @Override
  public void saveMoments(NDArray savedFirst, NDArray savedSecond) {
    Copies.copy(first, savedFirst);
    Copies.copy(second, savedSecond);
  }

  @Override
  public void loadMoments(NDArray savedFirst, NDArray savedSecond) {
    Copies.copy(savedFirst, first);
    Copies.copy(savedSecond, second);
  }
}
