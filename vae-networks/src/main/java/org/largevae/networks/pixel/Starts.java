package org.largevae.networks.pixel;

import ai.djl.training.initializer.Initializer;

/** What weights start as. */
final class Starts {

  private Starts() {}

  /** Uniform within +-1/sqrt(inputs), the start of PyTorch's convolutions. */
  static Initializer uniform(long inputs) {
    float bound = (float) (1 / Math.sqrt(inputs));
    return (manager, shape, type) -> manager.randomUniform(-bound, bound, shape, type);
  }

  /** N(0, 2 / inputs), which keeps the size of what goes through a ReLU (He et al. 2015). */
  static Initializer rectified(long inputs) {
    float deviation = (float) Math.sqrt(2.0 / inputs);
    return (manager, shape, type) -> manager.randomNormal(0, deviation, shape, type);
  }
}
