package org.largevae.networks.posterior;

import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.SettingsSchema;

/**
 * The settings of a {@link VonMisesFisherPosterior} or a {@link PowerSphericalPosterior}.
 *
 * @param concentrationMin what is added to the softplus of the encoder's number, from 0.01 to 1e5
 * @param concentrationMax the greatest concentration, above the least and at most 1e5: beyond it
 *     float32 cannot tell the directions of draws apart
 */
public record SpherePosteriorSettings(
    @Setting(
            value = "1",
            atLeast = 0.01,
            atMost = 1e5,
            meaning = "kappa = softplus(encoder's number) + this, at least")
        double concentrationMin,
    @Setting(value = "1e4", atLeast = 0.01, atMost = 1e5, meaning = "kappa is at most this")
        double concentrationMax) {

  /**
   * Checks the order of the bounds.
   *
   * @throws SettingException if the lower bound is not below the upper
   */
  public SpherePosteriorSettings {
    if (concentrationMin >= concentrationMax) {
      throw new SettingException(
          "concentration-min", "must be below concentration-max, which is " + concentrationMax);
    }
  }

  /**
   * The defaults.
   *
   * @return the settings
   */
  public static SpherePosteriorSettings defaults() {
    return SettingsSchema.of(SpherePosteriorSettings.class).defaultValues();
  }
}
