package org.largevae.testkit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Stein's identities between draws and the gradient of their log-density: {@code E[d_i log p(z)] =
 * 0} and {@code E[z_i d_j log p(z)] = -1} for i = j and 0 else. They hold for every density over
 * R^M that vanishes far out, whatever its normaliser, and only if the draws are its own. On the
 * unit sphere, with h the part of the gradient that is tangent at z, they are {@code E[h_j] = (M -
 * 1) E[z_j]} and {@code E[z_i h_j] = M E[z_i z_j] - 1} for i = j and {@code M E[z_i z_j]} else: the
 * divergence theorem for the fields that e_j and z_i e_j leave on the sphere.
 */
final class Stein {
  /** Chance alone passes it once in ten thousand runs of a dozen statistics (Bonferroni). */
  private static final double STANDARD_ERRORS = 4.5;

  /** What float32 may lose in a mean of many values. */
  private static final double ROUNDING = 1e-3;

  private final int size;
  private final boolean sphere;
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
    this(size, centre, false);
  }

  /** No draws from the unit sphere yet. */
  static Stein onSphere(int size) {
    return new Stein(size, new double[size], true);
  }

  private Stein(int size, double[] centre, boolean sphere) {
    this.size = size;
    this.sphere = sphere;
    this.centre = centre.clone();
    this.sums = new double[size + size * size];
    this.squares = new double[sums.length];
  }

  /** Adds draws and the gradients of the log-density there, row after row. */
  void add(double[] z, double[] gradient) {
    for (int row = 0; row < z.length; row += size) {
      if (sphere) {
        addTangent(Arrays.copyOfRange(z, row, row + size), gradient, row);
        count++;
        continue;
      }
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

  private void addTangent(double[] z, double[] gradient, int row) {
    double radial = 0;
    for (int i = 0; i < size; i++) {
      radial += z[i] * gradient[row + i];
    }
    for (int j = 0; j < size; j++) {
      double tangent = gradient[row + j] - radial * z[j];
      add(j, tangent - (size - 1) * z[j]);
      for (int i = 0; i < size; i++) {
        add(size + i * size + j, z[i] * tangent - size * z[i] * z[j] + (i == j ? 1 : 0));
      }
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
    if (sphere) {
      return String.format(
          Locale.ROOT,
          "over %d draws from the sphere Stein's identity for %s is off by %.4f +- %.4f: draws and"
              + " logProb are of different mean directions, concentrations or weights",
          count,
          statistic < size
              ? "z" + (statistic + 1)
              : "z" + ((statistic - size) / size + 1) + " and z" + ((statistic - size) % size + 1),
          mean,
          error(statistic));
    }
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
