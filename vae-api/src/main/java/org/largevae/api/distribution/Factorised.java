package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import org.largevae.api.tensor.Tensors;

/**
 * A density over vectors whose values are independent of each other: what free bits for each
 * latent, total correlation and missing values are computed from.
 */
public interface Factorised extends Density {

  /**
   * The log-density of each value by itself.
   *
   * @param value shape (..., event); its leading axes broadcast against the batch
   * @return in nats, shape (..., event)
   */
  NDArray logProbEach(NDArray value);

  @Override
  default NDArray logProb(NDArray value) {
    return Tensors.sumLast(logProbEach(value));
  }
}
