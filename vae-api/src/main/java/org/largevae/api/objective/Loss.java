package org.largevae.api.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.tensor.ShapeException;

/**
 * The loss of a batch.
 *
 * @param value what is differentiated, a scalar, in nats
 * @param reconstruction E_q[log p(x|z)], the mean over draws and examples, a scalar, in nats; for
 *     people
 * @param kl KL(q(z|x) || p(z)), unweighted, the mean over draws and examples, a scalar, in nats;
 *     for people
 */
public record Loss(NDArray value, NDArray reconstruction, NDArray kl) {

  /**
   * Checks that all three are scalars.
   *
   * @throws ShapeException if one is not
   */
  public Loss {
    for (NDArray part : new NDArray[] {value, reconstruction, kl}) {
      if (!part.getShape().equals(new Shape())) {
        throw new ShapeException("a loss of shape " + part.getShape() + " is no scalar");
      }
    }
  }
}
