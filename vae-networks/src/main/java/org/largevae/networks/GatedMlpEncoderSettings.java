package org.largevae.networks;

import java.util.List;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.SettingsSchema;

/**
 * The settings of a {@link GatedMlpEncoder}. Beyond 80 a log variance or its negative overflows
 * float32 as an exponent.
 *
 * @param hidden the sizes of the gated layers, first to last, at least one, each at least 1
 * @param logVarianceMin the least log sigma^2, at least -80
 * @param logVarianceMax the greatest log sigma^2, above the least and at most 80
 */
public record GatedMlpEncoderSettings(
    @Setting(
            value = "[300, 300]",
            atLeast = 1,
            meaning = "the sizes of the gated layers, first to last")
        List<Integer> hidden,
    @Setting(value = "-6", atLeast = -80, atMost = 80, meaning = "log sigma^2 is at least this")
        double logVarianceMin,
    @Setting(value = "2", atLeast = -80, atMost = 80, meaning = "log sigma^2 is at most this")
        double logVarianceMax) {

  /**
   * Copies the list and checks the order of the bounds.
   *
   * @throws SettingException if the lower bound is not below the upper
   */
  public GatedMlpEncoderSettings {
    hidden = List.copyOf(hidden);
    if (logVarianceMin >= logVarianceMax) {
      throw new SettingException(
          "log-variance-min", "must be below log-variance-max, which is " + logVarianceMax);
    }
  }

  /**
   * The defaults, but for the gated layers.
   *
   * @param hidden their sizes
   * @return the settings
   */
  public static GatedMlpEncoderSettings of(List<Integer> hidden) {
    GatedMlpEncoderSettings defaults =
        SettingsSchema.of(GatedMlpEncoderSettings.class).defaultValues();
    return new GatedMlpEncoderSettings(hidden, defaults.logVarianceMin, defaults.logVarianceMax);
  }
}
