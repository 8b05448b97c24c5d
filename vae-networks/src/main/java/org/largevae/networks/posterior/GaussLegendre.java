package org.largevae.networks.posterior;

import java.util.function.DoubleUnaryOperator;

/** Gauss-Legendre quadrature with n nodes: exact for polynomials up to the degree 2n - 1. */
final class GaussLegendre {
  private final double[] nodes;
  private final double[] weights;

  /**
   * The nodes, by Newton's method from Chebyshev's (Press et al., Numerical Recipes, section 4.6).
   *
   * @param n how many, at least 1
   */
  GaussLegendre(int n) {
    this.nodes = new double[n];
    this.weights = new double[n];
    for (int i = 0; i < n; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
      double slope = 0;
      // converges quadratically from so near
      for (int step = 0; step < 8; step++) {
        double value = 1;
        double before = 0;
        for (int k = 1; k <= n; k++) {
          double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
          before = value;
          value = next;
        }
        slope = n * (x * value - before) / (x * x - 1);
        x -= value / slope;
      }
      nodes[i] = x;
      weights[i] = 2 / ((1 - x * x) * slope * slope);
    }
  }

  /**
   * The integral of a function.
   *
   * @param from the lower end
   * @param to the upper end
   * @param function smooth between them; it is not asked at the ends
   * @return the integral
   */
  double integrate(double from, double to, DoubleUnaryOperator function) {
    double centre = (from + to) / 2;
    double half = (to - from) / 2;
    double sum = 0;
    for (int i = 0; i < nodes.length; i++) {
      sum += weights[i] * function.applyAsDouble(centre + half * nodes[i]);
    }
    return half * sum;
  }
}
