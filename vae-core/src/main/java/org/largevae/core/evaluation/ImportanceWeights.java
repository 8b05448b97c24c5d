package org.largevae.core.evaluation;

import java.util.Arrays;

/**
 * Sums over the log importance weights of each example, draw by draw, in float64. Weights are kept
 * relative to the greatest so far, so that nothing overflows and no draw has to be stored.
 */
final class ImportanceWeights {
  private final int samples;
  private final double[] greatest;
  private final double[] sum;
  private final double[] sumOfSquares;
  private final double[] sumOfLogs;
  private double reconstructionSum;
  private double klSum;
  private final double[] levelKlSums;

  /**
   * Before the first draw.
   *
   * @param examples how many there are
   * @param samples S
   * @param levels of latents
   */
  ImportanceWeights(int examples, int samples, int levels) {
    this.samples = samples;
    levelKlSums = new double[levels];
    greatest = new double[examples];
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    sum = new double[examples];
    sumOfSquares = new double[examples];
    sumOfLogs = new double[examples];
  }

  /**
   * Takes in some draws of some examples.
   *
   * @param first the first example's index
   * @param count B, how many examples
   * @param reconstruction log p(x|z_s), S x B values
   * @param kl log q(z_s|x) - log p(z_s), S x B values
   */
  void add(int first, int count, double[] reconstruction, double[] kl) {
    for (int i = 0; i < reconstruction.length; i++) {
      add(first + i % count, reconstruction[i] - kl[i]);
      reconstructionSum += reconstruction[i];
      klSum += kl[i];
    }
  }

  /**
   * Takes in what a level adds to KL; for people.
   *
   * @param level counted from the top, which is 0
   * @param kl log q(z_l | x, z above) - log p(z_l | z above) of some draws of some examples
   */
  void addLevel(int level, double[] kl) {
    levelKlSums[level] += Arrays.stream(kl).sum();
  }

  /**
   * Finds a weight that is no number. One of 0 is one: such a draw adds nothing.
   *
   * @return its index; -1 if there is none
   */
  static int firstBad(double[] reconstruction, double[] kl) {
    for (int i = 0; i < reconstruction.length; i++) {
      double logWeight = reconstruction[i] - kl[i];
      if (Double.isNaN(logWeight) || logWeight == Double.POSITIVE_INFINITY) {
        return i;
      }
    }
    return -1;
  }

  /** The first example all of whose weights are 0; -1 if there is none. */
  int firstWithout() {
    for (int i = 0; i < greatest.length; i++) {
      if (greatest[i] == Double.NEGATIVE_INFINITY) {
        return i;
      }
    }
    return -1;
  }

  private void add(int example, double logWeight) {
    sumOfLogs[example] += logWeight;
    if (logWeight > greatest[example]) {
      double shrink = Math.exp(greatest[example] - logWeight);
      sum[example] *= shrink;
      sumOfSquares[example] *= shrink * shrink;
      greatest[example] = logWeight;
    }
    // a weight of zero adds nothing; relative to a greatest of zero it would be undefined
    if (logWeight != Double.NEGATIVE_INFINITY) {
      double weight = Math.exp(logWeight - greatest[example]);
      sum[example] += weight;
      sumOfSquares[example] += weight * weight;
    }
  }

  int samples() {
    return samples;
  }

  double meanReconstruction() {
    return reconstructionSum / ((double) sum.length * samples);
  }

  double meanKl() {
    return klSum / ((double) sum.length * samples);
  }

  /** Of a level counted from the top. */
  double meanKl(int level) {
    return levelKlSums[level] / ((double) sum.length * samples);
  }

  /** {@code logsumexp_s log w_s - log S} of each example. */
  double[] logLikelihoods() {
    double[] values = new double[sum.length];
    Arrays.setAll(values, i -> Math.log(sum[i]) + greatest[i] - Math.log(samples));
    return values;
  }

  double[] negativeLogLikelihoods() {
    return Arrays.stream(logLikelihoods()).map(value -> -value).toArray();
  }

  /** The mean of log w_s of each example. */
  double[] elbos() {
    return Arrays.stream(sumOfLogs).map(total -> total / samples).toArray();
  }

  /** {@code (sum w)^2 / sum w^2} (Kong 1992), the median over the examples. */
  double medianEffectiveSampleSize() {
    double[] sizes = new double[sum.length];
    Arrays.setAll(sizes, i -> sum[i] * sum[i] / sumOfSquares[i]);
    Arrays.sort(sizes);
    int middle = sizes.length / 2;
    return sizes.length % 2 == 1 ? sizes[middle] : (sizes[middle - 1] + sizes[middle]) / 2;
  }
}
