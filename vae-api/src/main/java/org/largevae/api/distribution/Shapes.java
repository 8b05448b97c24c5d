package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import org.largevae.api.tensor.ShapeException;

/** Checks of the shapes of values, for densities to begin with. */
public final class Shapes {

  private Shapes() {}

  /**
   * Fails unless a value ends in an event's size.
   *
   * @param value any array
   * @param size the last axis that it must have
   * @throws ShapeException if it has another
   */
  public static void requireEvent(NDArray value, long size) {
    Shape shape = value.getShape();
    if (shape.dimension() == 0 || shape.get(shape.dimension() - 1) != size) {
      throw new ShapeException(
          String.format(
              Locale.ROOT, "values of shape %s must have the shape (..., %d)", shape, size));
    }
  }

  /**
   * Fails unless a value fits a batch: it ends in (batch, event), has axes of 1, or has fewer.
   *
   * @param value any array
   * @param batch the shape of the batch
   * @param size the size of an event
   * @throws ShapeException if it does not broadcast against (batch, event)
   */
  public static void requireFit(NDArray value, Shape batch, long size) {
    requireEvent(value, size);
    Shape shape = value.getShape();
    int offset = shape.dimension() - 1 - batch.dimension();
    for (int axis = 0; axis < batch.dimension(); axis++) {
      long found = offset + axis < 0 ? 1 : shape.get(offset + axis);
      if (found != batch.get(axis) && found != 1 && batch.get(axis) != 1) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "values of shape %s do not fit a batch %s over (%d)",
                shape,
                batch,
                size));
      }
    }
  }
}
