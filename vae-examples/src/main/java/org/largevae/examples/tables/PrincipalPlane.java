package org.largevae.examples.tables;

/** The projection of points on the plane in which they vary most. */
final class PrincipalPlane {
  /** Enough for directions whose variances differ by a few per cent. */
  private static final int ITERATIONS = 1000;

  private PrincipalPlane() {}

  /**
   * Projects points on the two eigenvectors of their covariance with the largest eigenvalues, found
   * by power iteration.
   *
   * @param points shape (N, M), M at least 2
   * @return shape (2, N): along the first direction, and along the second
   */
  static double[][] project(double[][] points) {
    double[][] left = centred(points);
    double[][] projected = new double[2][];
    for (int axis = 0; axis < 2; axis++) {
      double[] direction = direction(left);
      projected[axis] = times(left, direction);
      for (int row = 0; row < left.length; row++) {
        for (int i = 0; i < direction.length; i++) {
          left[row][i] -= projected[axis][row] * direction[i];
        }
      }
    }
    return projected;
  }

  private static double[][] centred(double[][] points) {
    double[][] centred = new double[points.length][];
    double[] mean = new double[points[0].length];
    for (double[] point : points) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += point[i] / points.length;
      }
    }
    for (int row = 0; row < points.length; row++) {
      centred[row] = points[row].clone();
      for (int i = 0; i < mean.length; i++) {
        centred[row][i] -= mean[i];
      }
    }
    return centred;
  }

  private static double[] direction(double[][] points) {
    double[] direction = new double[points[0].length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = 1 + i;
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] along = times(points, direction);
      double[] next = new double[direction.length];
      for (int row = 0; row < points.length; row++) {
        for (int i = 0; i < next.length; i++) {
          next[i] += along[row] * points[row][i];
        }
      }
      double length = Math.sqrt(dot(next, next));
      for (int i = 0; i < next.length; i++) {
        direction[i] = next[i] / length;
      }
    }
    return direction;
  }

  private static double[] times(double[][] points, double[] direction) {
    double[] along = new double[points.length];
    for (int row = 0; row < points.length; row++) {
      along[row] = dot(points[row], direction);
    }
    return along;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
