package org.largevae.likelihoods;

import org.largevae.api.config.Settings;

/**
 * What a {@link Gaussian} can be told.
 *
 * @param logVarianceMin log sigma^2 is kept at or above this; from -20 to logVarianceMax
 * @param logVarianceMax log sigma^2 is kept at or below this; at most 20
 */
public record GaussianConfig(double logVarianceMin, double logVarianceMax) {
  /** log sigma^2 in [-6, 2]. */
  public static final GaussianConfig DEFAULT = new GaussianConfig(-6, 2);

  static final String LOG_VARIANCE_MIN = "log-variance-min";
  static final String LOG_VARIANCE_MAX = "log-variance-max";

  private static final double LOWEST = -20;
  private static final double HIGHEST = 20;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if they are out of range or in the wrong order
   */
  public GaussianConfig {
    if (!(LOWEST <= logVarianceMin
        && logVarianceMin <= logVarianceMax
        && logVarianceMax <= HIGHEST)) {
      throw new IllegalArgumentException(
          "logVarianceMin "
              + logVarianceMin
              + " and logVarianceMax "
              + logVarianceMax
              + " must be in order and between "
              + LOWEST
              + " and "
              + HIGHEST);
    }
  }

  static GaussianConfig from(Settings settings) {
    double lowest = settings.number(LOG_VARIANCE_MIN, LOWEST, HIGHEST);
    double highest = settings.number(LOG_VARIANCE_MAX, LOWEST, HIGHEST);
    if (lowest > highest) {
      throw settings.fault(
          LOG_VARIANCE_MIN,
          "must be at most " + settings.fullKey(LOG_VARIANCE_MAX) + ", which is " + highest);
    }
    return new GaussianConfig(lowest, highest);
  }
}
