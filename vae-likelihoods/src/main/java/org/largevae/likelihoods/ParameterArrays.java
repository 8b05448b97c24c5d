package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.largevae.api.tensor.ShapeException;

/** Checks that what a decoder gave fits the likelihood and the examples. */
final class ParameterArrays {

  private ParameterArrays() {}

  /**
   * Checks the number of arrays and that they have one shape.
   *
   * @param likelihood its name, for the message
   * @param names the parameters expected, in order
   * @param parameters what the decoder gave
   * @throws ShapeException if an array is missing or left over, or shapes differ
   */
  static void check(String likelihood, List<String> names, NDList parameters) {
    if (parameters.size() != names.size()) {
      throw new ShapeException(
          needs(likelihood)
              + names.size()
              + " parameter array(s) ("
              + String.join(", ", names)
              + "), not "
              + parameters.size());
    }
    Shape first = parameters.get(0).getShape();
    for (int i = 0; i < names.size(); i++) {
      Shape shape = parameters.get(i).getShape();
      if (shape.dimension() < 1 || !shape.equals(first)) {
        throw new ShapeException(
            needs(likelihood)
                + "parameter arrays of one shape (..., D), not "
                + (names.get(0) + " of " + first)
                + (" and " + names.get(i) + " of " + shape));
      }
    }
  }

  /**
   * Checks the parameters and that they fit the examples.
   *
   * @param likelihood its name, for the message
   * @param names the parameters expected, in order
   * @param parameters what the decoder gave
   * @param x the examples
   * @throws ShapeException as above, or if x is not (B, D), or the arrays neither (B, D) nor (S, B,
   *     D)
   */
  static void check(String likelihood, List<String> names, NDList parameters, NDArray x) {
    check(likelihood, names, parameters);
    Shape examples = x.getShape();
    Shape shape = parameters.get(0).getShape();
    int rank = shape.dimension();
    boolean fits =
        examples.dimension() == 2
            && (rank == 2 || rank == 3)
            && shape.slice(rank - 2).equals(examples);
    if (!fits) {
      throw new ShapeException(
          needs(likelihood)
              + "examples of shape (B, D) and parameter arrays of shape (B, D) or (S, B, D), not "
              + ("examples of " + examples + " and " + names.get(0) + " of " + shape));
    }
  }

  private static String needs(String likelihood) {
    return "the " + likelihood + " likelihood needs ";
  }
}
