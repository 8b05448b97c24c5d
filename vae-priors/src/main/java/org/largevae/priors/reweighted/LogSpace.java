package org.largevae.priors.reweighted;

import ai.djl.ndarray.NDArray;
import org.largevae.api.tensor.Tensors;

/** Sums of what is given by its logarithm. */
final class LogSpace {

  private LogSpace() {}

  /**
   * {@code log(exp(a) + exp(b))}, element by element, without overflow or cancellation.
   *
   * @param a any shape
   * @param b broadcasts against a; not both negative infinity at one place
   * @return the shape of both together
   */
  static NDArray logAddExp(NDArray a, NDArray b) {
    return a.maximum(b).add(Tensors.softplus(a.sub(b).abs().neg()));
  }
}
