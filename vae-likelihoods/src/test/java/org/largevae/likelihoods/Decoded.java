package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKind;

/** Data of a given size, and what a decoder gives for it. */
final class Decoded {

  private Decoded() {}

  static DataDescription data(long dimensions, ValueKind kind) {
    return DataDescription.of(new DataShape(1, 1, (int) dimensions), kind);
  }

  /** P arrays of shape (..., D) as one of shape (..., P, D). */
  static NDArray output(NDArray... parameters) {
    return NDArrays.stack(new NDList(parameters), parameters[0].getShape().dimension() - 1);
  }

  /** D of an array of shape (..., D). */
  static long dimensions(NDArray array) {
    return array.getShape().get(array.getShape().dimension() - 1);
  }
}
