package org.largevae.runner.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** Adam by the engine's own operation, for arrays on any device and of any data type. */
final class EngineAdamUpdate implements AdamUpdate {

  @Override
  public void apply(
      NDArray weight,
      NDArray gradient,
      NDArray first,
      NDArray second,
      float gradientScale,
      Step step) {
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
}
