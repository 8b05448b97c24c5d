package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import org.largevae.api.tensor.Tensors;

/**
 * {@code log sum_k} over the components of a large mixture, some of them at a time, so that memory
 * does not grow with their number.
 */
final class ComponentBlocks {
  /** Pairs of a value and a component at once; in float64, 64 MiB an array. */
  private static final long PAIRS_AT_ONCE = 1L << 23;

  /** Log-densities of all pairs of a value and a component of some. */
  interface Pairs {
    /**
     * Computes them.
     *
     * @param components some of the components, k of them
     * @param from the index of the first
     * @param to the index behind the last
     * @return shape (..., k)
     */
    NDArray of(Density components, int from, int to);
  }

  private ComponentBlocks() {}

  /**
   * The log of the sum over all components.
   *
   * @param components a batch (K)
   * @param value shape (..., event)
   * @param pairs the log-densities
   * @return shape (...)
   */
  static NDArray logSumExp(Density components, NDArray value, Pairs pairs) {
    return logSumExp(components, value, pairs, PAIRS_AT_ONCE);
  }

  /** The same with so many pairs at once. */
  static NDArray logSumExp(Density components, NDArray value, Pairs pairs, long pairsAtOnce) {
    int count = Math.toIntExact(components.batch().get(0));
    long rows = Math.max(1, value.size() / Math.max(1, components.event().size()));
    int atOnce = (int) Math.max(1, Math.min(count, pairsAtOnce / rows));
    if (atOnce == count) {
      return Tensors.logSumExpLast(pairs.of(components, 0, count));
    }
    NDList sums = new NDList();
    for (int from = 0; from < count; from += atOnce) {
      sums.add(block(components, value.getManager(), pairs, from, Math.min(from + atOnce, count)));
    }
    NDArray all = NDArrays.stack(sums, sums.head().getShape().dimension());
    sums.close();
    return Tensors.logSumExpLast(all);
  }

  /** In a scope of its own; what backward needs of its arrays the engine keeps. */
  private static NDArray block(
      Density components, NDManager manager, Pairs pairs, int from, int to) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      // arange makes the engine's own memory, which backward may read after it is closed here
      Density some = components.select(manager.arange(from, to, 1, DataType.INT64));
      NDArray sum = Tensors.logSumExpLast(pairs.of(some, from, to));
      NDScope.unregister(sum);
      return sum;
    }
  }
}
