package org.largevae.priors;

import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.SettingsSchema;

/**
 * The settings of a {@link GaussianMixturePrior}. Beyond 80 a log variance or its negative
 * overflows float32 as an exponent.
 *
 * @param components K, at least 1
 * @param initSpread the standard deviation of the means at the start, at least 0: components whose
 *     means start alike stay alike
 * @param initLogVariance log sigma^2 at the start, within the bounds
 * @param logVarianceMin the least log sigma^2, at least -80
 * @param logVarianceMax the greatest log sigma^2, above the least and at most 80
 */
public record GaussianMixturePriorSettings(
    @Setting(value = "500", atLeast = 1, meaning = "K, the number of Gaussians") int components,
    @Setting(
            value = "0.5",
            atLeast = 0,
            meaning =
                "standard deviation of their means at the start; with 0 all components stay alike")
        double initSpread,
    @Setting(value = "0", meaning = "log sigma^2 at the start") double initLogVariance,
    @Setting(value = "-6", atLeast = -80, atMost = 80, meaning = "log sigma^2 is at least this")
        double logVarianceMin,
    @Setting(value = "2", atLeast = -80, atMost = 80, meaning = "log sigma^2 is at most this")
        double logVarianceMax) {

  /**
   * Checks the order of the bounds, and that the start is within.
   *
   * @throws SettingException if the lower bound is not below the upper, or the start is outside
   */
  public GaussianMixturePriorSettings {
    if (logVarianceMin >= logVarianceMax) {
      throw new SettingException(
          "log-variance-min", "must be below log-variance-max, which is " + logVarianceMax);
    }
    if (initLogVariance < logVarianceMin || initLogVariance > logVarianceMax) {
      throw new SettingException(
          "init-log-variance",
          "must be from log-variance-min to log-variance-max, "
              + logVarianceMin
              + " to "
              + logVarianceMax);
    }
  }

  /**
   * The defaults, but for the number of components.
   *
   * @param components K
   * @return the settings
   */
  public static GaussianMixturePriorSettings of(int components) {
    GaussianMixturePriorSettings defaults =
        SettingsSchema.of(GaussianMixturePriorSettings.class).defaultValues();
    return new GaussianMixturePriorSettings(
        components,
        defaults.initSpread,
        defaults.initLogVariance,
        defaults.logVarianceMin,
        defaults.logVarianceMax);
  }
}
