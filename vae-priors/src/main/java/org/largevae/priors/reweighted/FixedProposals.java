package org.largevae.priors.reweighted;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Noise;
import org.largevae.api.tensor.Tensors;

/**
 * Draws of N(0, I), the same at every call, on every device, and whatever else was drawn before: so
 * that a score hangs on the model and the example alone.
 *
 * @param manager makes the arrays
 * @param seed of the draws
 * @param size M
 */
record FixedProposals(NDManager manager, long seed, int size) {
  private static final int AT_ONCE = 8192;

  /**
   * The average of weights over the draws.
   *
   * @param count how many draws
   * @param logWeight the log of a weight, from (n, M) to (n), without gradients
   * @return the average, and what the draws are on weighted average
   */
  WeightAverage average(long count, UnaryOperator<NDArray> logWeight) {
    WeightAverage average = new WeightAverage(size);
    forEach(
        count, AT_ONCE, z -> average.add(z.toFloatArray(), Tensors.toDoubles(logWeight.apply(z))));
    return average;
  }

  /**
   * Numbers of the host as an array.
   *
   * @param values any number
   * @return float32, one axis
   */
  NDArray array(double[] values) {
    return manager.create(values).toType(DataType.FLOAT32, false);
  }

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
