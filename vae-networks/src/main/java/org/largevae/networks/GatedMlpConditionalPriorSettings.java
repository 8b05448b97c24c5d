package org.largevae.networks;

import java.util.List;
import org.largevae.api.config.Setting;
import org.largevae.networks.posterior.GaussianPosteriorSettings;

/**
 * The settings of a {@link GatedMlpConditionalPrior}.
 *
 * @param hidden the sizes of the gated layers, first to last, at least one, each at least 1
 * @param logVarianceMin the least log sigma^2, at least -80
 * @param logVarianceMax the greatest log sigma^2, above the least and at most 80
 */
public record GatedMlpConditionalPriorSettings(
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
   * @throws org.largevae.api.config.SettingException if the lower bound is not below the upper
   */
  public GatedMlpConditionalPriorSettings {
    hidden = List.copyOf(hidden);
    new GaussianPosteriorSettings(logVarianceMin, logVarianceMax);
  }

  /** What holds for a Gaussian wherever it stands. */
  GaussianPosteriorSettings bounds() {
    return new GaussianPosteriorSettings(logVarianceMin, logVarianceMax);
  }
}
