package org.largevae.likelihoods;

import java.util.Objects;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;

/**
 * The settings of a {@link Gaussian}; equal bounds fix the variance.
 *
 * @param variance where it comes from
 * @param logVarianceMin log sigma^2 is kept at or above this; from -20 to logVarianceMax
 * @param logVarianceMax log sigma^2 is kept at or below this; at most 20
 */
public record GaussianSettings(
    @Setting(
            value = "decoder",
            meaning =
                "where the variance comes from; decoder: one for each value of each example,"
                    + " column: one for each value is trained, shared: one for all is trained")
        GaussianVariance variance,
    @Setting(value = "-6", atLeast = -20, atMost = 20, meaning = "log sigma^2 is at least this")
        double logVarianceMin,
    @Setting(value = "2", atLeast = -20, atMost = 20, meaning = "log sigma^2 is at most this")
        double logVarianceMax) {

  /**
   * Checks the order of the bounds.
   *
   * @throws SettingException if the lower is above the upper
   */
  public GaussianSettings {
    Objects.requireNonNull(variance, "variance is null");
    if (logVarianceMin > logVarianceMax) {
      throw new SettingException(
          "log-variance-min", "must be at most log-variance-max, which is " + logVarianceMax);
    }
  }
}
