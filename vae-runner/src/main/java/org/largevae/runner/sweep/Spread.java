package org.largevae.runner.sweep;

import java.util.Arrays;

/**
 * Mean and standard deviation.
 *
 * @param count how many values
 * @param mean their mean; NaN for none
 * @param standardDeviation of the values, with count - 1 in the denominator; NaN for fewer than two
 */
public record Spread(int count, double mean, double standardDeviation) {

  /**
   * Computes mean and standard deviation.
   *
   * @param values any number
   * @return their mean and spread
   */
  public static Spread of(double... values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    return new Spread(values.length, mean, deviation);
  }
}
