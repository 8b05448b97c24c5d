package org.largevae.core.evaluation;

import java.util.Arrays;
import java.util.Locale;

/**
 * A score below which an example is an anomaly, from the scores of n usual examples that a model
 * was not trained on. Of further examples like those a share of at most {@code rate} falls below
 * it, on average over such samples: the threshold is the k-th lowest of the n, {@code k =
 * floor(rate (n + 1))}, below which one more example falls with the probability {@code k / (n + 1)}
 * (Vovk, Gammerman and Shafer 2005, split conformal prediction).
 *
 * @param score of an example, the threshold itself being usual
 * @param rate the highest share of false alarms that was asked for
 * @param examples n
 */
public record AnomalyThreshold(double score, double rate, int examples) {
  private static final double ROUNDING = 1e-5;

  /**
   * Chooses the threshold.
   *
   * @param scores of usual examples, the higher the more usual; not changed
   * @param rate the highest share of false alarms, above 0 and below 1
   * @return the threshold
   * @throws IllegalArgumentException if the rate is not such a number, or the examples are too few
   *     for it: below {@code 1 / (n + 1)} a rate would need more of them
   */
  public static AnomalyThreshold of(double[] scores, double rate) {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException(rate + ": must be above 0 and below 1");
    }
    // what 0.07 x 100 lacks of 7 is rounding
    int lowest = (int) Math.floor(rate * (scores.length + 1) * (1 + 1e-12));
    if (lowest < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: is too low for %d examples; it can be %.3g at the least",
              rate,
              scores.length,
              roundedUp(1.0 / (scores.length + 1))));
    }
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return new AnomalyThreshold(sorted[lowest - 1], rate, scores.length);
  }

  /** To three digits, so that the advice can be followed. */
  private static double roundedUp(double rate) {
    double unit = Math.pow(10, Math.floor(Math.log10(rate)) - 2);
    return Math.ceil(rate / unit) * unit;
  }

  /**
   * Whether an example is an anomaly.
   *
   * @param exampleScore as those that the threshold was chosen by
   * @return true below the threshold, by more than float32 rounds: equal examples have scores that
   *     differ by so much between batches of other sizes
   */
  public boolean isAnomaly(double exampleScore) {
    return exampleScore < score - ROUNDING * Math.max(1, Math.abs(score));
  }
}
