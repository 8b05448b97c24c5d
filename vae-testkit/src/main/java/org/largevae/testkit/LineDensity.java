package org.largevae.testkit;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A density over the real line or a part of it, integrated by the trapezoid rule. Over the whole
 * line nodes are at {@code centre + scale sinh t}, t from -12 to 12: they are fine in the middle
 * and reach out 80,000 scales, enough for the tails of a Cauchy distribution to a part in 10^5.
 * Towards a bound they come ever closer.
 */
final class LineDensity {
  private static final int NODES = 24_001;
  private static final double REACH = 12;

  /** How near to a bound the nodes come: exp(-40) scales. */
  private static final double NEAREST = -40;

  private final double[] nodes;
  private final double[] cumulative;
  private double moment;

  /**
   * A density over the real line.
   *
   * @param logDensity natural log, for many points at a time
   * @param sample draws that show where the density is; they decide the centre and the scale
   */
  LineDensity(UnaryOperator<double[]> logDensity, double[] sample) {
    this(logDensity, sample, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /**
   * A density between bounds.
   *
   * @param logDensity natural log, for many points at a time
   * @param sample draws that show where the density is; they decide the centre and the scale
   * @param lowest the lower bound, may be infinite
   * @param highest the upper bound, may be infinite
   */
  LineDensity(UnaryOperator<double[]> logDensity, double[] sample, double lowest, double highest) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    double centre = sorted[sorted.length / 2];
    double spread = sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4];
    double scale = Math.max(spread, 1e-3);
    this.nodes =
        IntStream.range(0, NODES)
            .mapToDouble(i -> node(2.0 * i / (NODES - 1) - 1, centre, scale, lowest, highest))
            // rounded as the component sees it
            .map(node -> (float) node)
            .filter(node -> node > lowest && node < highest)
            .toArray();
    this.cumulative = new double[nodes.length];
    double[] density = logDensity.apply(nodes);
    for (int i = 1; i < nodes.length; i++) {
      double area =
          (Math.exp(density[i]) + Math.exp(density[i - 1])) / 2 * (nodes[i] - nodes[i - 1]);
      cumulative[i] = cumulative[i - 1] + area;
      moment += area * (nodes[i] + nodes[i - 1]) / 2;
    }
  }

  private static double node(
      double place, double centre, double scale, double lowest, double highest) {
    boolean below = Double.isFinite(lowest);
    boolean above = Double.isFinite(highest);
    if (below && above) {
      return lowest + (highest - lowest) / (1 + Math.exp(NEAREST * place));
    }
    if (below) {
      return lowest + scale * Math.exp(exponent(place));
    }
    return above
        ? highest - scale * Math.exp(exponent(-place))
        : centre + scale * Math.sinh(REACH * place);
  }

  private static double exponent(double place) {
    return NEAREST + (place + 1) / 2 * (REACH - NEAREST);
  }

  /** The integral, 1 for a normalised density. */
  double mass() {
    return cumulative[nodes.length - 1];
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
    if (above == 0 || above == nodes.length) {
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
