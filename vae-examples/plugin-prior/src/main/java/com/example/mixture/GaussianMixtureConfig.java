package com.example.mixture;

import org.largevae.api.config.Settings;

/**
 * How a {@link GaussianMixture} is set up.
 *
 * @param components K, at least 1
 * @param initSpread the standard deviation of the means at their start, at least 0
 * @param initLogVariance log sigma^2 of every component at its start
 * @param logVarianceMin log sigma^2 is kept at or above this
 * @param logVarianceMax log sigma^2 is kept at or below this
 */
record GaussianMixtureConfig(
    int components,
    double initSpread,
    double initLogVariance,
    double logVarianceMin,
    double logVarianceMax) {

  /** Beyond this a variance or its inverse overflows float32. */
  private static final double LARGEST_LOG_VARIANCE = 80;

  /**
   * Reads the section {@code model.prior}.
   *
   * @param settings the section, defaults merged in
   * @return its values
   * @throws org.largevae.api.config.ConfigurationException if one is missing or out of bounds
   */
  static GaussianMixtureConfig from(Settings settings) {
    double lowest = settings.number("log-variance-min", -LARGEST_LOG_VARIANCE, 0);
    double highest = settings.number("log-variance-max", 0, LARGEST_LOG_VARIANCE);
    if (lowest == highest) {
      throw settings.fault(
          "log-variance-min", "must be below " + settings.fullKey("log-variance-max"));
    }
    return new GaussianMixtureConfig(
        settings.integer("components", 1),
        settings.number("init-spread", 0, 1000),
        settings.number("init-log-variance", lowest, highest),
        lowest,
        highest);
  }
}
