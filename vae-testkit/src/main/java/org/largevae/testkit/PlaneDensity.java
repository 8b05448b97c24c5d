package org.largevae.testkit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A density over the plane, integrated by importance sampling. The proposal is a kernel estimate
 * from draws of the distribution, with bivariate Cauchy kernels whose widths follow the draws'
 * distances: its tails are heavier than those of the density, so weights stay bounded.
 */
final class PlaneDensity {
  private static final int KERNELS = 400;
  private static final int NEIGHBOURS = 10;
  private static final int DRAWS = 20_000;
  private static final double STANDARD_ERRORS = 5;
  private static final double[] LEVELS = {0.1, 0.25, 0.5, 0.75, 0.9};
  private static final double[][] DIRECTIONS = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};

  private final double[] centres;
  private final double[] widths = new double[KERNELS];
  private final double[] points = new double[2 * DRAWS];
  private final double[] weights;

  /**
   * A density.
   *
   * @param logDensity natural log, for many points (x, y, x, y, ...) at a time
   * @param sample draws (x, y, x, y, ...), at least 400, that show where the density is
   */
  PlaneDensity(UnaryOperator<double[]> logDensity, double[] sample) {
    this.centres = Arrays.copyOf(sample, 2 * KERNELS);
    for (int k = 0; k < KERNELS; k++) {
      widths[k] = width(k);
    }
    Random random = new Random(7);
    for (int i = 0; i < DRAWS; i++) {
      int kernel = random.nextInt(KERNELS);
      double stretch = widths[kernel] / Math.abs(random.nextGaussian());
      // rounded as the component sees it
      points[2 * i] = (float) (centres[2 * kernel] + stretch * random.nextGaussian());
      points[2 * i + 1] = (float) (centres[2 * kernel + 1] + stretch * random.nextGaussian());
    }
    this.weights = logDensity.apply(points);
    for (int i = 0; i < DRAWS; i++) {
      weights[i] = Math.exp(weights[i]) / proposal(points[2 * i], points[2 * i + 1]);
    }
  }

  /** The integral, 1 for a normalised density. */
  double mass() {
    return Arrays.stream(weights).average().orElseThrow();
  }

  /** How far {@link #mass} may be from the true integral. */
  double massError() {
    double mean = mass();
    double squares = Arrays.stream(weights).map(w -> (w - mean) * (w - mean)).sum();
    return STANDARD_ERRORS * Math.sqrt(squares) / DRAWS;
  }

  /** The first half-plane that a sample hits more or less often than this density, in words. */
  Optional<String> disagreement(double[] sample) {
    for (double[] direction : DIRECTIONS) {
      double[] projected = project(sample, direction);
      Arrays.sort(projected);
      for (double level : LEVELS) {
        double bound = projected[(int) (level * projected.length)];
        double inSample =
            (double) Arrays.stream(projected).filter(v -> v <= bound).count() / projected.length;
        double[] expected = probability(direction, bound);
        double sampleError = Math.sqrt(inSample * (1 - inSample) / projected.length);
        double allowed = STANDARD_ERRORS * Math.hypot(sampleError, expected[1]) + 1e-3;
        if (Math.abs(inSample - expected[0]) > allowed) {
          return Optional.of(
              String.format(
                  Locale.ROOT,
                  "P(%.0f z1 + %.0f z2 <= %.3f) is %.3f among %d draws but %.3f under logProb",
                  direction[0],
                  direction[1],
                  bound,
                  inSample,
                  projected.length,
                  expected[0]));
        }
      }
    }
    return Optional.empty();
  }

  /** The probability of a half-plane under the normalised density, and its standard error. */
  private double[] probability(double[] direction, double bound) {
    double[] projected = project(points, direction);
    double total = Arrays.stream(weights).sum();
    double inside = 0;
    for (int i = 0; i < DRAWS; i++) {
      inside += projected[i] <= bound ? weights[i] : 0;
    }
    double probability = inside / total;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double deviation = (projected[i] <= bound ? 1 : 0) - probability;
      squares += weights[i] * weights[i] * deviation * deviation;
    }
    return new double[] {probability, Math.sqrt(squares) / total};
  }

  private static double[] project(double[] points, double[] direction) {
    double[] projected = new double[points.length / 2];
    for (int i = 0; i < projected.length; i++) {
      projected[i] = direction[0] * points[2 * i] + direction[1] * points[2 * i + 1];
    }
    return projected;
  }

  private double width(int kernel) {
    double[] squares = new double[KERNELS];
    for (int k = 0; k < KERNELS; k++) {
      squares[k] = square(k, centres[2 * kernel], centres[2 * kernel + 1]);
    }
    Arrays.sort(squares);
    return Math.max(Math.sqrt(squares[NEIGHBOURS]), 1e-3);
  }

  private double proposal(double x, double y) {
    double sum = 0;
    for (int k = 0; k < KERNELS; k++) {
      double spread = widths[k] * widths[k] + square(k, x, y);
      sum += widths[k] / (2 * Math.PI * spread * Math.sqrt(spread));
    }
    return sum / KERNELS;
  }

  private double square(int kernel, double x, double y) {
    double dx = x - centres[2 * kernel];
    double dy = y - centres[2 * kernel + 1];
    return dx * dx + dy * dy;
  }
}
