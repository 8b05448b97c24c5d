package org.largevae.core;

import java.util.Locale;
import org.largevae.api.tensor.ShapeException;

/** Paths between two latents. */
public enum Interpolation {
  /** The straight line {@code (1 - t) a + t b}. */
  LINEAR {
    @Override
    void weigh(double t, double angle, double[] weights) {
      weights[0] = 1 - t;
      weights[1] = t;
    }
  },

  /**
   * The arc {@code (sin((1 - t) w) a + sin(t w) b) / sin w} at the angle w between a and b
   * (Shoemake 1985; for latents: White 2016, arXiv:1609.04468). It keeps away from the origin,
   * which a standard Gaussian of many dimensions hardly ever comes near. Where the angle is too
   * close to 0 or 180 degrees to tell an arc, it is the straight line.
   */
  SPHERICAL {
    @Override
    void weigh(double t, double angle, double[] weights) {
      double sine = Math.sin(angle);
      if (sine < LEAST_SINE) {
        LINEAR.weigh(t, angle, weights);
        return;
      }
      weights[0] = Math.sin((1 - t) * angle) / sine;
      weights[1] = Math.sin(t * angle) / sine;
    }
  },

  /**
   * The shorter arc of the great circle through two points of the unit sphere; for models whose
   * latents live there. Between opposite points, which many such arcs join, it is the one towards
   * the coordinate axis that is farthest from both.
   */
  GREAT_CIRCLE {
    @Override
    void fill(float[] from, float[] to, float[][] path) {
      GreatCircle circle = GreatCircle.between(from, to);
      for (int step = 0; step < path.length; step++) {
        path[step] = circle.point((double) step / (path.length - 1));
      }
    }
  };

  private static final double LEAST_SINE = 1e-6;

  /**
   * Points on the path at equal steps of t, both ends among them.
   *
   * @param from a, M values
   * @param to b, M values
   * @param steps how many points, at least 2
   * @return shape (steps, M)
   * @throws ShapeException if a and b differ in length
   * @throws IllegalArgumentException if there are fewer than 2 steps
   */
  public float[][] path(float[] from, float[] to, int steps) {
    ExampleChecks.atLeast("steps", steps, 2);
    if (from.length != to.length) {
      throw new ShapeException(
          String.format(
              Locale.ROOT, "latents of %d and %d values have no path", from.length, to.length));
    }
    float[][] path = new float[steps][from.length];
    fill(from, to, path);
    // free of rounding
    path[0] = from.clone();
    path[steps - 1] = to.clone();
    return path;
  }

  void fill(float[] from, float[] to, float[][] path) {
    double angle = angle(from, to);
    double[] weights = new double[2];
    for (int step = 0; step < path.length; step++) {
      weigh((double) step / (path.length - 1), angle, weights);
      for (int i = 0; i < from.length; i++) {
        path[step][i] = (float) (weights[0] * from[i] + weights[1] * to[i]);
      }
    }
  }

  /** The weights of both ends, for paths that are sums of them. */
  void weigh(double t, double angle, double[] weights) {
    throw new UnsupportedOperationException(this + " is no weighted sum of its ends");
  }

  /** In radians; 0 where an end is the origin. */
  private static double angle(float[] a, float[] b) {
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      squareA += (double) a[i] * a[i];
      squareB += (double) b[i] * b[i];
    }
    double norms = Math.sqrt(squareA * squareB);
    return norms == 0 ? 0 : Math.acos(Math.max(-1, Math.min(1, product / norms)));
  }
}
