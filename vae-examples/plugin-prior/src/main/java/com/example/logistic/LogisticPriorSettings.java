package com.example.logistic;

import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;

/** The settings of a {@link LogisticPrior}. */
record LogisticPriorSettings(
    @Setting(
            value = "0.55",
            above = 0,
            meaning = "s at the start; with 0.55 the variance is near 1, as the standard normal's")
        double initScale,
    @Setting(value = "0.01", atLeast = 0.001, atMost = 1, meaning = "s is at least this")
        double scaleMin,
    @Setting(value = "10", atLeast = 1, atMost = 1000, meaning = "s is at most this")
        double scaleMax) {

  /** Rules between several settings; those of one alone are written beside it. */
  LogisticPriorSettings {
    if (initScale < scaleMin || initScale > scaleMax) {
      throw new SettingException(
          "init-scale", "must be from scale-min to scale-max, " + scaleMin + " to " + scaleMax);
    }
  }
}
