package org.largevae.api.data;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/** Examples that are computed on together and what is known of them. It will grow. */
public interface Batch {

  /**
   * The examples as a model sees them, scaled as {@link DataDescription#scale} says. Where a value
   * is missing it holds the kind's {@link ValueKind#filler()}.
   *
   * @return shape (B, D), float32, values channel by channel, row by row
   */
  NDArray x();

  /**
   * Their positions among the training examples.
   *
   * @return int64, shape (B), -1 for one that is not trained on; empty if none is
   */
  default Optional<NDArray> places() {
    return Optional.empty();
  }

  /**
   * Their labels.
   *
   * @return shape (B, ...); empty for data without labels
   */
  default Optional<NDArray> labels() {
    return Optional.empty();
  }

  /**
   * Which values are known.
   *
   * @return 1 where a value is known and 0 where it is missing, shape (B, D), float32; empty if all
   *     are known
   */
  default Optional<NDArray> observed() {
    return Optional.empty();
  }

  /**
   * Examples whose values are all known, without labels or positions.
   *
   * @param x shape (B, D)
   * @return the batch
   */
  static Batch of(NDArray x) {
    return () -> x;
  }
}
