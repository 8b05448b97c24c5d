package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.tensor.ShapeException;

/** What a decoder gives, taken apart. */
final class ParameterArrays {

  private ParameterArrays() {}

  /**
   * The arrays of a likelihood's parameters.
   *
   * @param parameters what the decoder gave, shape (..., P, D)
   * @param dimensions D
   * @param likelihood its name and, in order, its parameters, for messages
   * @param names of the P parameters
   * @return P views of shape (..., D)
   * @throws ShapeException if the parameters are of another shape
   */
  static NDList split(NDArray parameters, long dimensions, String likelihood, String... names) {
    int axis =
        check(
            parameters,
            names.length,
            dimensions,
            likelihood + " likelihood",
            String.join(", ", names));
    NDList arrays = new NDList();
    for (NDArray part : parameters.split(names.length, axis)) {
      arrays.add(part.squeeze(axis));
    }
    return arrays;
  }

  /**
   * Checks the shape of a likelihood's parameters.
   *
   * @param parameters what the decoder gave, shape (..., P, D)
   * @param rows P
   * @param dimensions D
   * @param likelihood what it is, for messages
   * @param meaning of the P parameters, for messages
   * @return the axis of P
   * @throws ShapeException if the parameters are of another shape
   */
  static int check(
      NDArray parameters, long rows, long dimensions, String likelihood, String meaning) {
    Shape shape = parameters.getShape();
    int axis = shape.dimension() - 2;
    if (axis < 0 || shape.get(axis) != rows || shape.get(axis + 1) != dimensions) {
      throw new ShapeException(
          "the "
              + likelihood
              + " needs parameters of shape (..., "
              + (rows + ", " + dimensions + ") (")
              + meaning
              + "), not "
              + shape);
    }
    return axis;
  }
}
