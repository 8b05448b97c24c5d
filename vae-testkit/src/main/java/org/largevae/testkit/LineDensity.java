package org.largevae.testkit;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A density over the real line, integrated by the trapezoid rule over {@code centre + scale sinh
 * t}, t from -12 to 12: it is fine in the middle and reaches out 80,000 scales, enough for the
 * tails of a Cauchy distribution to a part in 10^5.
 */
final class LineDensity {
  private static final int NODES = 24_001;
  private static final double REACH = 12;

  private final double[] nodes = new double[NODES];
  private final double[] cumulative = new double[NODES];
  private double moment;

  /**
   * A density.
   *
   * @param logDensity natural log, for many points at a time
   * @param sample draws that show where the density is; they decide the centre and the scale
   */
  LineDensity(UnaryOperator<double[]> logDensity, double[] sample) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    double centre = sorted[sorted.length / 2];
    double spread = sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4];
    double scale = Math.max(spread, 1e-3);
    double step = 2 * REACH / (NODES - 1);
    for (int i = 0; i < NODES; i++) {
      // rounded as the component sees it
      nodes[i] = (float) (centre + scale * Math.sinh(-REACH + i * step));
    }
    double[] density = logDensity.apply(nodes);
    for (int i = 1; i < NODES; i++) {
      double area =
          (Math.exp(density[i]) + Math.exp(density[i - 1])) / 2 * (nodes[i] - nodes[i - 1]);
      cumulative[i] = cumulative[i - 1] + area;
      moment += area * (nodes[i] + nodes[i - 1]) / 2;
    }
  }

  /** The integral, 1 for a normalised density. */
  double mass() {
    return cumulative[NODES - 1];
  }

  /** The expectation under the normalised density, infinite or meaningless if it has none. */
  double expectation() {
    return moment / mass();
  }

  /** The largest distance between a sample's distribution function and this one, normalised. */
  double distance(double[] sample) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    double largest = 0;
    for (int i = 0; i < sorted.length; i++) {
      double expected = below(sorted[i]);
      double before = Math.abs((double) i / sorted.length - expected);
      double after = Math.abs((i + 1.0) / sorted.length - expected);
      largest = Math.max(largest, Math.max(before, after));
    }
    return largest;
  }

  /** The probability of a value at most x, linear between nodes. */
  private double below(double x) {
    int place = Arrays.binarySearch(nodes, x);
    if (place >= 0) {
      return cumulative[place] / mass();
    }
    int above = -place - 1;
    if (above == 0 || above == NODES) {
      return above == 0 ? 0 : 1;
    }
    double fraction = (x - nodes[above - 1]) / (nodes[above] - nodes[above - 1]);
    double inside = fraction * (cumulative[above] - cumulative[above - 1]);
    return (cumulative[above - 1] + inside) / mass();
  }

  /**
   * How far a sample's distribution function may be from the true one: more happens once in a
   * million (Massart 1990, the Dvoretzky-Kiefer-Wolfowitz inequality).
   */
  static double allowedDistance(int size) {
    return Math.sqrt(Math.log(2e6) / (2.0 * size));
  }
}
