package org.largevae.api.data;

import ai.djl.ndarray.NDArray;

/** The training examples on the device, for priors that are built on them. It will grow. */
public interface TrainingExamples {

  /**
   * N, how many there are.
   *
   * @return at least 1
   */
  long size();

  /**
   * Selected examples.
   *
   * @param places int64, shape (n), each from 0 to N - 1; may repeat
   * @return shape (n, D), owned by the manager of {@code places}
   */
  NDArray rows(NDArray places);

  /**
   * Selected examples as points of the data space, to be encoded: with what is known of which value
   * is missing, and the same at every call. Where binary examples are drawn anew from probabilities
   * each time, these are the probabilities, the grey levels of a picture.
   *
   * @param places int64, shape (n), each from 0 to N - 1; may repeat
   * @return n examples
   */
  default Batch exemplars(NDArray places) {
    return Batch.of(rows(places));
  }
}
