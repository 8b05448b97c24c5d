package org.largevae.likelihoods;

import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;

/**
 * The settings of a {@link StudentT}; equal bounds fix the scale.
 *
 * @param logScaleMin log s is kept at or above this; from -20 to logScaleMax
 * @param logScaleMax log s is kept at or below this; at most 20
 */
public record StudentTSettings(
    @Setting(value = "-3", atLeast = -20, atMost = 20, meaning = "log s is at least this")
        double logScaleMin,
    @Setting(value = "1", atLeast = -20, atMost = 20, meaning = "log s is at most this")
        double logScaleMax) {

  /**
   * Checks the order of the bounds.
   *
   * @throws SettingException if the lower is above the upper
   */
  public StudentTSettings {
    if (logScaleMin > logScaleMax) {
      throw new SettingException(
          "log-scale-min", "must be at most log-scale-max, which is " + logScaleMax);
    }
  }
}
