package org.largevae.likelihoods;

import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;

/**
 * The settings of a {@link LogisticMixture}.
 *
 * @param components J, the logistic distributions of each value
 * @param logScaleMin log s is kept at or above this; from -10 to logScaleMax
 * @param logScaleMax log s is kept at or below this; at most 2
 */
public record LogisticMixtureSettings(
    @Setting(
            value = "5",
            atLeast = 1,
            atMost = 256,
            meaning = "J, how many logistic distributions a value has")
        int components,
    @Setting(value = "-7", atLeast = -10, atMost = 2, meaning = "log s is at least this")
        double logScaleMin,
    @Setting(value = "0", atLeast = -10, atMost = 2, meaning = "log s is at most this")
        double logScaleMax) {

  /**
   * Checks the order of the bounds.
   *
   * @throws SettingException if the lower is above the upper
   */
  public LogisticMixtureSettings {
    if (logScaleMin > logScaleMax) {
      throw new SettingException(
          "log-scale-min", "must be at most log-scale-max, which is " + logScaleMax);
    }
  }
}
