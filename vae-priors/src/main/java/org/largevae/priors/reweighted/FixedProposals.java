package org.largevae.priors.reweighted;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.Consumer;
import org.largevae.api.distribution.Noise;

/**
 * Draws of N(0, I), the same at every call, on every device, and whatever else was drawn before: so
 * that a score hangs on the model and the example alone.
 *
 * @param manager makes the arrays
 * @param seed of the draws
 * @param size M
 */
record FixedProposals(NDManager manager, long seed, int size) {

  /**
   * Goes through the draws, some at a time.
   *
   * @param count how many there are
   * @param atOnce how many at a time
   * @param use gets some, shape (n, M), float32, in a scope of their own
   */
  void forEach(long count, int atOnce, Consumer<NDArray> use) {
    Noise noise = Noise.ofExamples(seed);
    for (long done = 0; done < count; done += atOnce) {
      long rows = Math.min(atOnce, count - done);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray draws = noise.normal(manager, new Shape(rows, 1, size), DataType.FLOAT32);
        use.accept(draws.reshape(rows, size));
      }
    }
  }
}
