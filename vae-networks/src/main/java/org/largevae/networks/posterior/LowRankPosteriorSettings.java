package org.largevae.networks.posterior;

import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.SettingsSchema;

/**
 * The settings of a {@link LowRankPosterior}. Beyond 80 a log variance or its negative overflows
 * float32 as an exponent.
 *
 * @param rank r, at least 1; the cost grows with its square
 * @param logVarianceMin the least log sigma^2, at least -80
 * @param logVarianceMax the greatest log sigma^2, above the least and at most 80
 */
public record LowRankPosteriorSettings(
    @Setting(
            value = "5",
            atLeast = 1,
            meaning = "r, how many directions the covariance has beside its diagonal")
        int rank,
    @Setting(value = "-6", atLeast = -80, atMost = 80, meaning = "log sigma^2 is at least this")
        double logVarianceMin,
    @Setting(value = "2", atLeast = -80, atMost = 80, meaning = "log sigma^2 is at most this")
        double logVarianceMax) {

  /**
   * Checks the order of the bounds.
   *
   * @throws SettingException if the lower bound is not below the upper
   */
  public LowRankPosteriorSettings {
    if (logVarianceMin >= logVarianceMax) {
      throw new SettingException(
          "log-variance-min", "must be below log-variance-max, which is " + logVarianceMax);
    }
  }

  /**
   * The defaults, but for the rank.
   *
   * @param rank r
   * @return the settings
   */
  public static LowRankPosteriorSettings of(int rank) {
    LowRankPosteriorSettings defaults =
        SettingsSchema.of(LowRankPosteriorSettings.class).defaultValues();
    return new LowRankPosteriorSettings(rank, defaults.logVarianceMin, defaults.logVarianceMax);
  }
}
