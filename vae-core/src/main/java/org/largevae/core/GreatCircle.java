package org.largevae.core;

/**
 * An arc of a great circle, {@code cos(t w) a + sin(t w) c} for t from 0 to 1.
 *
 * @param start a, of length 1
 * @param side c, of length 1, at right angles to a
 * @param angle w, from 0 to pi
 */
record GreatCircle(double[] start, double[] side, double angle) {
  /** What float32 leaves of the direction from one point to the same or the opposite one. */
  private static final double NOTHING = 1e-6;

  /**
   * The shorter arc between two directions.
   *
   * @param from not 0
   * @param to not 0
   * @return the arc; between opposite directions the one towards the axis on which they differ
   *     least
   */
  static GreatCircle between(float[] from, float[] to) {
    double[] start = unit(doubles(from));
    double[] end = unit(doubles(to));
    double cosine = product(start, end);
    double[] across = rest(end, start);
    double sine = Math.sqrt(product(across, across));
    double[] side = sine > NOTHING ? across : rest(axis(start), start);
    return new GreatCircle(start, unit(side), Math.atan2(sine, cosine));
  }

  float[] point(double t) {
    double cosine = Math.cos(t * angle);
    double sine = Math.sin(t * angle);
    float[] point = new float[start.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = (float) (cosine * start[i] + sine * side[i]);
    }
    return point;
  }

  /** The coordinate axis that is nearest to right angles with a direction. */
  private static double[] axis(double[] direction) {
    int least = 0;
    for (int i = 1; i < direction.length; i++) {
      least = Math.abs(direction[i]) < Math.abs(direction[least]) ? i : least;
    }
    double[] axis = new double[direction.length];
    axis[least] = 1;
    return axis;
  }

  /** A vector less its part along a direction. */
  private static double[] rest(double[] vector, double[] direction) {
    double along = product(vector, direction);
    double[] rest = new double[vector.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = vector[i] - along * direction[i];
    }
    return rest;
  }

  private static double[] unit(double[] vector) {
    double length = Math.sqrt(product(vector, vector));
    double[] unit = new double[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = vector[i] / length;
    }
    return unit;
  }

  private static double product(double[] a, double[] b) {
    double product = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
    }
    return product;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
