package org.largevae.testkit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Stein's identities between draws and the gradient of their log-density: {@code E[d_i log p(z)] =
 * 0} and {@code E[z_i d_j log p(z)] = -1} for i = j and 0 else. They hold for every density over
 * R^M that vanishes far out, whatever its normaliser, and only if the draws are its own.
 */
final class Stein {
  /** Chance alone passes it once in ten thousand runs of a dozen statistics (Bonferroni). */
  private static final double STANDARD_ERRORS = 4.5;

  /** What float32 may lose in a mean of many values. */
  private static final double ROUNDING = 1e-3;

  private final int size;
  private final double[] centre;
  private final double[] sums;
  private final double[] squares;
  private int count;

  /**
   * No draws yet.
   *
   * @param size M
   * @param centre a point near the mean, M values: the identities hold about any, and are sharpest
   *     there
   */
  Stein(int size, double[] centre) {
    this.size = size;
    this.centre = centre.clone();
    this.sums = new double[size + size * size];
    this.squares = new double[sums.length];
  }

  /** Adds draws and the gradients of the log-density there, row after row. */
  void add(double[] z, double[] gradient) {
    for (int row = 0; row < z.length; row += size) {
      for (int j = 0; j < size; j++) {
        add(j, gradient[row + j]);
        for (int i = 0; i < size; i++) {
          double product = (z[row + i] - centre[i]) * gradient[row + j];
          add(size + i * size + j, product + (i == j ? 1 : 0));
        }
      }
      count++;
    }
  }

  private void add(int statistic, double value) {
    sums[statistic] += value;
    squares[statistic] += value * value;
  }

  /** The identity that is broken worst, in words. */
  Optional<String> violation() {
    int worst = 0;
    double[] scores = new double[sums.length];
    for (int k = 0; k < sums.length; k++) {
      scores[k] = Math.abs(sums[k] / count) / (error(k) + ROUNDING / STANDARD_ERRORS);
      worst = scores[k] > scores[worst] || Double.isNaN(scores[k]) ? k : worst;
    }
    return Arrays.stream(scores).allMatch(score -> score < STANDARD_ERRORS)
        ? Optional.empty()
        : Optional.of(describe(worst));
  }

  private double error(int statistic) {
    double mean = sums[statistic] / count;
    return Math.sqrt(Math.max(0, squares[statistic] / count - mean * mean) / count);
  }

  private String describe(int statistic) {
    double mean = sums[statistic] / count;
    if (statistic < size) {
      return String.format(
          Locale.ROOT,
          "over %d draws the mean of d log p / dz%d is %.4f +- %.4f, not 0: draws are shifted against"
              + " the density, or take other components",
          count,
          statistic + 1,
          mean,
          error(statistic));
    }
    int i = (statistic - size) / size;
    int j = (statistic - size) % size;
    String cure =
        i == j
            ? "draws have another spread than the density (is the scale exp(log variance / 2), the"
                + " matrix not its inverse?), or take other components"
            : "latents depend on each other in another way among draws than in the density: sum over"
                + " latents before the log-sum-exp over components, choose components by their"
                + " weights, do not take a matrix for its inverse or transpose";
    return String.format(
        Locale.ROOT,
        "over %d draws the mean of z%d d log p / dz%d is %.4f +- %.4f, not %d: %s",
        count,
        i + 1,
        j + 1,
        mean - (i == j ? 1 : 0),
        error(statistic),
        i == j ? -1 : 0,
        cure);
  }
}
