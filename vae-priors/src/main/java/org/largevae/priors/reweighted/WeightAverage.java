package org.largevae.priors.reweighted;

import java.util.Arrays;

/**
 * The mean of weights that are given by their logs, its error, and the weighted mean of what they
 * belong to; takes them in some at a time and does not overflow.
 */
final class WeightAverage {
  private final double[] weighted;
  private double largest = Double.NEGATIVE_INFINITY;
  private double sum;
  private double squares;
  private long count;

  /**
   * Of no weights yet.
   *
   * @param size M, how many values each weight belongs to
   */
  WeightAverage(int size) {
    this.weighted = new double[size];
  }

  /**
   * Takes in weights.
   *
   * @param values row after row, M for each weight
   * @param logWeights finite or negative infinity
   */
  void add(float[] values, double[] logWeights) {
    rescale(Arrays.stream(logWeights).max().orElse(largest));
    int size = weighted.length;
    for (int i = 0; i < logWeights.length; i++) {
      double weight = largest == Double.NEGATIVE_INFINITY ? 0 : Math.exp(logWeights[i] - largest);
      sum += weight;
      squares += weight * weight;
      for (int m = 0; m < size; m++) {
        weighted[m] += weight * values[i * size + m];
      }
    }
    count += logWeights.length;
  }

  private void rescale(double highest) {
    if (highest > largest) {
      double factor = Math.exp(largest - highest);
      sum *= factor;
      squares *= factor * factor;
      Arrays.setAll(weighted, m -> weighted[m] * factor);
      largest = highest;
    }
  }

  long count() {
    return count;
  }

  /** The log of the mean weight; negative infinity if all weights are 0. */
  double log() {
    return sum == 0 ? Double.NEGATIVE_INFINITY : largest + Math.log(sum / count);
  }

  /** The sample variance of the weights over their mean squared; 0 if all weights are 0. */
  double relativeVariance() {
    return sum == 0 || count < 2
        ? 0
        : Math.max(0, (count * squares / (sum * sum) - 1) * count / (count - 1));
  }

  /** The weighted mean, M values; 0 if all weights are 0. */
  double[] mean() {
    return Arrays.stream(weighted).map(value -> sum == 0 ? 0 : value / sum).toArray();
  }
}
