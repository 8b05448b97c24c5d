package com.example.mixture;

import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;

/** The settings of a {@link GaussianMixture}. Beyond 80 a variance overflows float32. */
record GaussianMixtureSettings(
    @Setting(value = "10", atLeast = 1, meaning = "K, the number of Gaussians") int components,
    @Setting(
            value = "1",
            atLeast = 0,
            atMost = 1000,
            meaning = "standard deviation of their means at the start")
        double initSpread,
    @Setting(value = "0", meaning = "log sigma^2 at the start") double initLogVariance,
    @Setting(value = "-6", atLeast = -80, atMost = 0, meaning = "log sigma^2 is at least this")
        double logVarianceMin,
    @Setting(value = "4", atLeast = 0, atMost = 80, meaning = "log sigma^2 is at most this")
        double logVarianceMax) {

  /** Rules between several settings; those of one alone are written beside it. */
  GaussianMixtureSettings {
    if (logVarianceMin == logVarianceMax) {
      throw new SettingException("log-variance-min", "must be below log-variance-max");
    }
    if (initLogVariance < logVarianceMin || initLogVariance > logVarianceMax) {
      throw new SettingException(
          "init-log-variance", "must be between log-variance-min and log-variance-max");
    }
  }
}
