package org.largevae.testkit;

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
}
