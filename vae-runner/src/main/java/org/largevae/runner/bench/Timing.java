package org.largevae.runner.bench;

import java.util.Arrays;

/**
 * Times of one workload.
 *
 * @param work its name
 * @param parameters how many numbers the model's parameters hold, state included
 * @param examples how many examples one call processes
 * @param seconds the time of each call, in the order they were made, at least one
 */
public record Timing(String work, long parameters, int examples, double[] seconds) {

  /**
   * The median.
   *
   * @return in seconds
   */
  public double median() {
    return quantile(0.5);
  }

  /**
   * A quantile, interpolated linearly between the two nearest calls.
   *
   * @param share from 0 to 1
   * @return in seconds
   */
  public double quantile(double share) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /**
   * The throughput at the median.
   *
   * @return examples a second
   */
  public double examplesPerSecond() {
    return examples / median();
  }
}
