package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Distribution;

/** Checks of what a component returns, with messages for its author. */
final class ResultChecks {
  private static final int ROWS_AT_A_TIME = 4096;

  private ResultChecks() {}

  /**
   * Fails unless an array has a shape.
   *
   * @param result the array
   * @param expected its shape
   * @param call what returned it, with its arguments
   * @param need what is needed, and how to get it
   */
  static void shape(NDArray result, Shape expected, String call, String need) {
    assertThat(result.getShape())
        .withFailMessage(
            "%s returned the shape %s, but %s is needed: %s",
            call, result.getShape(), expected, need)
        .isEqualTo(expected);
  }

  /**
   * Fails unless a distribution has its batch and event.
   *
   * @param of what gave it, for messages
   */
  static void distribution(Distribution distribution, Shape batch, Shape event, String of) {
    assertThat(distribution.batch().equals(batch) && distribution.event().equals(event))
        .withFailMessage(
            "%s says that it is a batch %s over %s, but it must be a batch %s over %s: look at"
                + " batch() and event()",
            of, distribution.batch(), distribution.event(), batch, event)
        .isTrue();
  }

  /** Fails unless an array is of float32, or of float32 or float64. */
  static void type(NDArray result, String call, boolean alsoFloat64) {
    DataType type = result.getDataType();
    assertThat(type == DataType.FLOAT32 || (alsoFloat64 && type == DataType.FLOAT64))
        .withFailMessage(
            "%s returned %s, but float32%s is needed", call, type, alsoFloat64 ? " or float64" : "")
        .isTrue();
  }

  /** Fails unless all values are finite. */
  static void finite(NDArray result, String call, String advice) {
    double[] values = Arrays64.values(result);
    for (int i = 0; i < values.length; i++) {
      assertThat(Double.isFinite(values[i]))
          .withFailMessage("%s returned %s at position %d: %s", call, values[i], i, advice)
          .isTrue();
    }
  }

  /** Fails unless a row of a batch gives what it gives by itself. */
  static void sameAlone(double[] inBatch, double[] alone, String call) {
    assertThat(Comparison.agree(inBatch, alone, 1e-4))
        .withFailMessage(
            "%s gives %s for a row in a batch, but %s for the same row alone: rows must not depend"
                + " on each other",
            call, Arrays.toString(inBatch), Arrays.toString(alone))
        .isTrue();
  }

  /** Fails unless a density over one real number integrates to 1. */
  static void normalised(LineDensity density, String call) {
    assertThat(Math.abs(density.mass() - 1) <= 1e-3)
        .withFailMessage(
            "exp(%s) integrates to %s over one dimension, not to 1: include every constant, such as"
                + " log(2 pi) / 2 in each dimension and the logarithms of scales and weights",
            call, density.mass())
        .isTrue();
  }

  /** Fails unless draws of one real number follow a density. */
  static void follows(LineDensity density, double[] sample, String call) {
    double distance = density.distance(sample);
    double allowed = LineDensity.allowedDistance(sample.length);
    assertThat(distance <= allowed)
        .withFailMessage(
            "%d draws do not follow exp(%s): the distribution functions differ by %.3f, chance"
                + " explains %.3f; sample and logProb must be of one distribution",
            sample.length, call, distance, allowed)
        .isTrue();
  }

  /**
   * Makes a function of NDArrays one of doubles, computed some thousand rows at a time.
   *
   * @param manager makes the arguments
   * @param columns the length of a row
   * @param function from (N, columns) to N values
   * @return the function, from N times columns values to N
   */
  static UnaryOperator<double[]> onDoubles(
      NDManager manager, int columns, UnaryOperator<NDArray> function) {
    return points -> {
      int rows = points.length / columns;
      double[] results = new double[rows];
      for (int start = 0; start < rows; start += ROWS_AT_A_TIME) {
        int end = Math.min(start + ROWS_AT_A_TIME, rows);
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          double[] part = Arrays.copyOfRange(points, start * columns, end * columns);
          Shape shape = new Shape(end - start, columns);
          NDArray argument = Arrays64.create(manager, part, shape, DataType.FLOAT32);
          double[] values = Arrays64.values(function.apply(argument));
          System.arraycopy(values, 0, results, start, values.length);
        }
      }
      return results;
    };
  }
}
