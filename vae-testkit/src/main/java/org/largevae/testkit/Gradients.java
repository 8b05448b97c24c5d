package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.largevae.api.tensor.Tensors;

/**
 * Gradients by back-propagation against central finite differences, and against those taken after a
 * forced garbage collection. What is differentiated is a weighted sum of all outputs.
 *
 * <p>Differences are taken in float64 with step 1e-5 and tolerance 1e-5 where the component
 * computes in float64 when its parameters and inputs are float64, else in float32 with step 1e-2
 * and tolerance 2e-2, both relative to 1 + |gradient|.
 */
final class Gradients {
  private static final int ENTRIES = 10;
  private static final double STEP_64 = 1e-5;
  private static final double TOLERANCE_64 = 1e-5;
  private static final double STEP_32 = 1e-2;
  private static final double TOLERANCE_32 = 2e-2;

  private final List<Leaf> leaves;
  private final Supplier<NDList> outputs;

  /**
   * A function to differentiate.
   *
   * @param leaves what it depends on
   * @param outputs reads the leaves anew at each call
   */
  Gradients(List<Leaf> leaves, Supplier<NDList> outputs) {
    this.leaves = leaves;
    this.outputs = outputs;
  }

  /**
   * Fails unless back-propagation and finite differences agree.
   *
   * @param sameInFloat32 whether the outputs are the same function in either type; random numbers
   *     are not
   */
  void checkFiniteDifferences(boolean sameInFloat32) {
    boolean precise = computesInFloat64();
    DataType type = precise ? DataType.FLOAT64 : DataType.FLOAT32;
    leaves.forEach(leaf -> leaf.assign(leaf.values(), type));
    double[][] analytic = backward(() -> {});
    Random random = new Random(3);
    for (int i = 0; i < leaves.size(); i++) {
      check(leaves.get(i), analytic[i], random, type);
    }
    if (precise && sameInFloat32) {
      checkFloat32(analytic);
    }
  }

  /** Training is in float32, where a cast may cut a graph that float64 leaves whole. */
  private void checkFloat32(double[][] precise) {
    leaves.forEach(leaf -> leaf.assign(leaf.values(), DataType.FLOAT32));
    double[][] trained = backward(() -> {});
    for (int i = 0; i < precise.length; i++) {
      assertThat(Comparison.agree(precise[i], trained[i], TOLERANCE_32))
          .withFailMessage(
              "the gradient by %s is %s in float64 but %s in float32, in which models are trained%s",
              leaves.get(i).name(),
              Arrays.toString(precise[i]),
              Arrays.toString(trained[i]),
              hint(trained[i], 0))
          .isTrue();
    }
  }

  /**
   * Fails unless a garbage collection between forward and backward leaves gradients as they were.
   */
  void checkGarbageCollection() {
    double[][] plain = backward(() -> {});
    double[][] collected = backward(GarbageCollection::force);
    for (int i = 0; i < plain.length; i++) {
      for (int j = 0; j < plain[i].length; j++) {
        double difference = Math.abs(collected[i][j] - plain[i][j]);
        assertThat(difference <= 1e-4 * (1 + Math.abs(plain[i][j])))
            .withFailMessage(
                "the gradient by %s changes from %s to %s when garbage is collected between forward"
                    + " and backward: an operation with a Java number, such as mul(Number),"
                    + " div(Number) or pow(Number), lets go of memory that backward reads; use"
                    + " Tensors.multiply, Tensors.divide and Tensors.power, and do not close arrays"
                    + " in a pass",
                leaves.get(i).name(), plain[i][j], collected[i][j])
            .isTrue();
      }
    }
  }

  /** The gradients of the weighted sum by each leaf. */
  double[][] all() {
    return backward(() -> {});
  }

  private boolean computesInFloat64() {
    leaves.forEach(leaf -> leaf.assign(leaf.values(), DataType.FLOAT64));
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return outputs.get().stream().allMatch(o -> o.getDataType() == DataType.FLOAT64);
    } catch (RuntimeException mixedTypes) {
      return false;
    }
  }

  private void check(Leaf leaf, double[] analytic, Random random, DataType type) {
    boolean precise = type == DataType.FLOAT64;
    double step = precise ? STEP_64 : STEP_32;
    double tolerance = precise ? TOLERANCE_64 : TOLERANCE_32;
    double[] start = leaf.values();
    int[] entries =
        start.length <= ENTRIES
            ? IntStream.range(0, start.length).toArray()
            : random.ints(ENTRIES, 0, start.length).toArray();
    for (int j : entries) {
      double numeric =
          (shifted(leaf, start, j, step, type) - shifted(leaf, start, j, -step, type)) / (2 * step);
      assertThat(Math.abs(analytic[j] - numeric) <= tolerance * (1 + Math.abs(numeric)))
          .withFailMessage(
              "the gradient by %s at position %d is %s by back-propagation but %s by finite"
                  + " differences%s",
              leaf.name(), j, analytic[j], numeric, hint(analytic, numeric))
          .isTrue();
    }
    leaf.assign(start, type);
  }

  private static String hint(double[] analytic, double numeric) {
    return Double.isFinite(numeric) && Arrays.stream(analytic).allMatch(g -> g == 0)
        ? ": no gradient arrives; toType, duplicate, toDevice and toArray cut the graph silently (for"
            + " float64 use Tensors.toFloat64), and a parameter must be read with pass.value"
        : "";
  }

  private double shifted(Leaf leaf, double[] start, int position, double step, DataType type) {
    double[] moved = start.clone();
    moved[position] += step;
    leaf.assign(moved, type);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      double sum = 0;
      int weight = 0;
      for (NDArray output : outputs.get()) {
        for (double value : Arrays64.values(output)) {
          sum += weight(weight++) * value;
        }
      }
      return sum;
    }
  }

  private double[][] backward(Runnable beforeBackward) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (Leaf leaf : leaves) {
        leaf.array().setRequiresGradient(true);
        // gradients accumulate; this removes an earlier run's
        leaf.array().getGradient().set(new NDIndex("..."), 0);
      }
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray loss = loss();
        beforeBackward.run();
        collector.backward(loss);
      } catch (EngineException failure) {
        throw explained(failure);
      }
      List<double[]> gradients = new ArrayList<>();
      for (Leaf leaf : leaves) {
        gradients.add(Arrays64.values(leaf.array().getGradient()));
      }
      return gradients.toArray(double[][]::new);
    }
  }

  private static RuntimeException explained(EngineException failure) {
    if (String.valueOf(failure.getMessage()).contains("modified by an inplace operation")) {
      throw new AssertionError(
          "an array that the gradient needs was changed before it was taken: where state is assigned"
              + " in the same pass, compute with a copy, pass.value(state).duplicate()",
          failure);
    }
    return failure;
  }

  private NDArray loss() {
    NDArray sum = null;
    int weight = 0;
    for (NDArray output : outputs.get()) {
      double[] weights = new double[(int) output.size()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = weight(weight++);
      }
      NDArray factors =
          Arrays64.create(output.getManager(), weights, output.getShape(), output.getDataType());
      NDArray part = output.mul(factors).sum().reshape(new Shape(1));
      sum = sum == null ? part : sum.add(part);
    }
    // joins every leaf to the graph, so that one without a gradient has 0 instead of an error
    for (Leaf leaf : leaves) {
      NDArray none = Tensors.multiply(leaf.array().sum().reshape(new Shape(1)), 0);
      sum = sum == null ? none : sum.add(none);
    }
    return sum;
  }

  /** Weights that differ, so that errors in single outputs cannot cancel. */
  private static double weight(int index) {
    return Math.cos(1 + 0.7 * index);
  }
}
