package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Compares gradients by back-propagation with central finite differences, and with gradients taken
 * after a forced garbage collection between forward and backward. For functions of your own; the
 * contracts check whole components.
 */
public final class GradientCheck {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;

  private GradientCheck() {}

  /**
   * Fails unless all gradients agree, within 1e-6 relative to 1 + |gradient|.
   *
   * @param leaves float64, changed in place and restored; of rank 1 or more
   * @param function of the leaves, of any shape; reads them anew at each call
   */
  public static void verify(List<NDArray> leaves, Supplier<NDArray> function) {
    leaves.forEach(leaf -> assertThat(leaf.getDataType()).isEqualTo(DataType.FLOAT64));
    double[][] analytic = verifyCollectionIsHarmless(leaves, function);
    for (int i = 0; i < analytic.length; i++) {
      double[] numeric = finiteDifferences(leaves.get(i), function);
      for (int j = 0; j < numeric.length; j++) {
        assertThat(analytic[i][j])
            .as("gradient of leaf %d at %d", i, j)
            .isEqualTo(numeric[j], within(TOLERANCE * (1 + Math.abs(numeric[j]))));
      }
    }
  }

  /**
   * Fails unless a garbage collection between forward and backward leaves every bit of the
   * gradients as it was.
   *
   * @param leaves float32 or float64
   * @param function of the leaves, of any shape
   * @return the gradients
   */
  public static double[][] verifyCollectionIsHarmless(
      List<NDArray> leaves, Supplier<NDArray> function) {
    leaves.forEach(leaf -> leaf.setRequiresGradient(true));
    double[][] plain = gradients(leaves, function, () -> {});
    double[][] collected = gradients(leaves, function, GarbageCollection::force);
    assertThat(collected).as("gradients after a garbage collection").isDeepEqualTo(plain);
    return plain;
  }

  private static double[][] gradients(
      List<NDArray> leaves, Supplier<NDArray> function, Runnable beforeBackward) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      // gradients accumulate; this removes an earlier run's
      leaves.forEach(leaf -> leaf.getGradient().set(new NDIndex("..."), 0));
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray value = project(function.get());
        beforeBackward.run();
        collector.backward(value);
      }
      return leaves.stream().map(leaf -> toDoubles(leaf.getGradient())).toArray(double[][]::new);
    }
  }

  private static double[] finiteDifferences(NDArray leaf, Supplier<NDArray> function) {
    double[] values = leaf.toDoubleArray();
    double[] differences = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      NDIndex index = position(leaf.getShape(), i);
      leaf.set(index, values[i] + STEP);
      double above = evaluate(function);
      leaf.set(index, values[i] - STEP);
      double below = evaluate(function);
      leaf.set(index, values[i]);
      differences[i] = (above - below) / (2 * STEP);
    }
    return differences;
  }

  private static double evaluate(Supplier<NDArray> function) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return toDoubles(project(function.get()))[0];
    }
  }

  /** A weighted sum whose weights differ, so that errors in single elements cannot cancel. */
  private static NDArray project(NDArray value) {
    double[] weights =
        LongStream.range(0, value.size()).mapToDouble(i -> Math.cos(1 + 0.7 * i)).toArray();
    NDArray array = value.getManager().create(weights).reshape(value.getShape());
    return value.mul(array.toType(value.getDataType(), false)).sum();
  }

  private static NDIndex position(Shape shape, long flat) {
    long[] index = new long[shape.dimension()];
    long rest = flat;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.get(axis);
      rest /= shape.get(axis);
    }
    return new NDIndex(index);
  }

  private static double[] toDoubles(NDArray array) {
    return Arrays.stream(array.toArray()).mapToDouble(Number::doubleValue).toArray();
  }
}
