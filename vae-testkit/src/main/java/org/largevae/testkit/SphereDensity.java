package org.largevae.testkit;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.UniformSphere;

/**
 * A density over the unit sphere in R^M, integrated by uniform points: on the circle and on S^2
 * evenly spread, in more dimensions drawn.
 */
final class SphereDensity {
  private static final int POINTS = 20_000;
  private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

  private SphereDensity() {}

  /**
   * The density as weighted points.
   *
   * @param size M, at least 2
   * @param logDensity natural log with respect to the surface's area, for many points at a time
   * @return points whose weights have the density's mass as their mean
   */
  static WeightedPoints of(int size, UnaryOperator<double[]> logDensity) {
    Random random = new Random(7);
    LatentSpace sphere = LatentSpace.sphere();
    double[] points = new double[POINTS * size];
    for (int i = 0; i < POINTS; i++) {
      double[] point =
          switch (size) {
            case 2 -> circle(2 * Math.PI * (i + 0.5) / POINTS, 1, new double[2]);
            case 3 -> spiral(i);
            default -> sphere.point(size, random);
          };
      for (int m = 0; m < size; m++) {
        // rounded as the component sees it
        points[i * size + m] = (float) point[m];
      }
    }
    double area = Math.exp(UniformSphere.logArea(size));
    double[] weights = logDensity.apply(points);
    for (int i = 0; i < POINTS; i++) {
      weights[i] = area * Math.exp(weights[i]);
    }
    return new WeightedPoints(size, points, weights);
  }

  /** Even heights, each turned on by the golden angle. */
  private static double[] spiral(int i) {
    double height = (2.0 * i + 1) / POINTS - 1;
    double[] point = circle(GOLDEN_ANGLE * i, Math.sqrt(1 - height * height), new double[3]);
    point[2] = height;
    return point;
  }

  private static double[] circle(double angle, double radius, double[] point) {
    point[0] = radius * Math.cos(angle);
    point[1] = radius * Math.sin(angle);
    return point;
  }

  /** Whether points are drawn, so that the mass has a standard error. */
  static boolean isDrawn(int size) {
    return size > 3;
  }
}
