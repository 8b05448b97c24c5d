package org.largevae.likelihoods;

import java.util.Objects;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;

/**
 * The settings of a {@link DiscretizedLogistic}. At exp(-10), an eightieth of a bin, float32 begins
 * to lose the location; at exp(2), seven times the range of the data, all pixels are alike already.
 *
 * @param tails what becomes of the mass outside [0, 1]
 * @param logScaleMin log s is kept at or above this; from -10 to logScaleMax
 * @param logScaleMax log s is kept at or below this; at most 2
 */
public record DiscretizedLogisticSettings(
    @Setting(
            value = "folded",
            meaning =
                "what becomes of the mass outside [0, 1]; folded: the probabilities sum to 1,"
                    + " paper: it is lost")
        Tails tails,
    @Setting(value = "-4.5", atLeast = -10, atMost = 2, meaning = "log s is at least this")
        double logScaleMin,
    @Setting(value = "0", atLeast = -10, atMost = 2, meaning = "log s is at most this")
        double logScaleMax) {

  /**
   * Checks the order of the bounds.
   *
   * @throws SettingException if the lower is above the upper
   */
  public DiscretizedLogisticSettings {
    Objects.requireNonNull(tails, "tails is null");
    if (logScaleMin > logScaleMax) {
      throw new SettingException(
          "log-scale-min", "must be at most log-scale-max, which is " + logScaleMax);
    }
  }
}
