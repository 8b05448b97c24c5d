package org.largevae.testkit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A density as points with weights, against which draws are compared by how often they hit half
 * spaces.
 *
 * @param size M
 * @param points row after row
 * @param weights one for each point; their mean is the density's mass
 */
record WeightedPoints(int size, double[] points, double[] weights) {
  private static final double STANDARD_ERRORS = 5;
  private static final double[] LEVELS = {0.1, 0.25, 0.5, 0.75, 0.9};
  private static final double[][] DIRECTIONS = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};

  /** The integral, 1 for a normalised density. */
  double mass() {
    return Arrays.stream(weights).average().orElseThrow();
  }

  /** The standard error of {@link #mass} where points are drawn. */
  double standardError() {
    double mean = mass();
    double squares = Arrays.stream(weights).map(w -> (w - mean) * (w - mean)).sum();
    return Math.sqrt(squares) / weights.length;
  }

  /** The first half-space that a sample hits more or less often than this density, in words. */
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

  /** The probability of a half-space under the normalised density, and its standard error. */
  private double[] probability(double[] direction, double bound) {
    double[] projected = project(points, direction);
    double total = Arrays.stream(weights).sum();
    double inside = 0;
    for (int i = 0; i < weights.length; i++) {
      inside += projected[i] <= bound ? weights[i] : 0;
    }
    double probability = inside / total;
    double squares = 0;
    for (int i = 0; i < weights.length; i++) {
      double deviation = (projected[i] <= bound ? 1 : 0) - probability;
      squares += weights[i] * weights[i] * deviation * deviation;
    }
    return new double[] {probability, Math.sqrt(squares) / total};
  }

  private double[] project(double[] rows, double[] direction) {
    return IntStream.range(0, rows.length / size)
        .mapToDouble(i -> direction[0] * rows[size * i] + direction[1] * rows[size * i + 1])
        .toArray();
  }
}
