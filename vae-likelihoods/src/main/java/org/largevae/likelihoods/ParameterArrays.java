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
    Shape shape = parameters.getShape();
    int axis = shape.dimension() - 2;
    if (axis < 0 || shape.get(axis) != names.length || shape.get(axis + 1) != dimensions) {
      throw new ShapeException(
          "the "
              + likelihood
              + " likelihood needs parameters of shape (..., "
              + (names.length + ", " + dimensions + ") (")
              + String.join(", ", names)
              + "), not "
              + shape);
    }
    NDList arrays = new NDList();
    for (NDArray part : parameters.split(names.length, axis)) {
      arrays.add(part.squeeze(axis));
    }
    return arrays;
  }
}
