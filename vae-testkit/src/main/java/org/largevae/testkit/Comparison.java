package org.largevae.testkit;

import java.util.Arrays;

/** Whether numbers agree. */
final class Comparison {

  private Comparison() {}

  /** Whether all differences are within a tolerance relative to 1 + |value|. */
  static boolean agree(double[][] expected, double[][] actual, double tolerance) {
    if (expected.length != actual.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (!agree(expected[i], actual[i], tolerance)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all differences are within a tolerance relative to 1 + |value|. */
  static boolean agree(double[] expected, double[] actual, double tolerance) {
    if (expected.length != actual.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - actual[i]) <= tolerance * (1 + Math.abs(expected[i])))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a computation gave the same again, what is not finite included. */
  static boolean repeats(double[][] first, double[][] second, double tolerance) {
    double[][] changed = new double[first.length][];
    for (int i = 0; i < first.length; i++) {
      changed[i] = second[i].clone();
      for (int j = 0; j < Math.min(first[i].length, changed[i].length); j++) {
        if (!Double.isFinite(first[i][j]) && Double.compare(first[i][j], changed[i][j]) == 0) {
          changed[i][j] = 0;
        }
      }
    }
    return agree(finite(first), changed, tolerance);
  }

  private static double[][] finite(double[][] values) {
    return Arrays.stream(values)
        .map(row -> Arrays.stream(row).map(v -> Double.isFinite(v) ? v : 0).toArray())
        .toArray(double[][]::new);
  }
}
