package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.distribution.Shapes;

/** A density of D independent values, whose shapes are those of one of its parameters. */
interface IndependentValues extends Factorised {

  /** A parameter, shape (batch, D). */
  NDArray parameter();

  @Override
  default Shape batch() {
    return parameter().getShape().slice(0, parameter().getShape().dimension() - 1);
  }

  @Override
  default Shape event() {
    return parameter().getShape().slice(parameter().getShape().dimension() - 1);
  }

  /**
   * Fails unless values fit the batch.
   *
   * @throws org.largevae.api.tensor.ShapeException if they do not
   */
  default void requireFit(NDArray x) {
    Shapes.requireFit(x, batch(), event().get(0));
  }
}
