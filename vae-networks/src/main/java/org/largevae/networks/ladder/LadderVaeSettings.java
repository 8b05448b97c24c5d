package org.largevae.networks.ladder;

import java.util.List;
import java.util.Locale;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.SettingsSchema;
import org.largevae.networks.posterior.GaussianPosteriorSettings;

/**
 * The settings of a {@link LadderVae} beside those of its parts. The default sizes are those of the
 * ladder VAE's paper (Sønderby et al. 2016, arXiv:1602.02282, section 3).
 *
 * @param latentSizes the number of latents of each level, top first
 * @param hidden the sizes of the gated layers of each level, top first
 * @param layers how many gated layers each level has, on the way up and on the way down
 * @param merge how what x says and what the levels above say make a posterior
 * @param priorLevels what the prior spans
 * @param logVarianceMin the least log variance of posteriors and conditional priors
 * @param logVarianceMax the greatest
 */
public record LadderVaeSettings(
    @Setting(
            value = "[4, 8, 16, 32, 64]",
            atLeast = 1,
            meaning = "the number of latents of each level, top first")
        List<Integer> latentSizes,
    @Setting(
            value = "[32, 64, 128, 256, 512]",
            atLeast = 1,
            meaning = "the sizes of the gated layers of each level, top first")
        List<Integer> hidden,
    @Setting(
            value = "2",
            atLeast = 1,
            atMost = 100,
            meaning = "how many gated layers each level has, on the way up and on the way down")
        int layers,
    @Setting(
            value = "precision-weighted",
            meaning = "how what x says and what the levels above say make a posterior")
        Merge merge,
    @Setting(
            value = "top",
            meaning =
                "what the prior spans: the top level, or all levels, which takes a vampprior and the"
                    + " precision-weighted merge")
        PriorLevels priorLevels,
    @Setting(value = "-6", atLeast = -80, atMost = 80, meaning = "log sigma^2 is at least this")
        double logVarianceMin,
    @Setting(value = "2", atLeast = -80, atMost = 80, meaning = "log sigma^2 is at most this")
        double logVarianceMax) {

  /** What a prior spans. */
  public enum PriorLevels {
    /** The top level; the others have p(z_l | z above) from the network. */
    TOP,
    /** All levels jointly: a mixture over pseudo-inputs of whole hierarchies. */
    ALL
  }

  /**
   * Copies the lists and checks what goes together.
   *
   * @throws SettingException if the lists are of different lengths, the bounds out of order, or the
   *     prior spans all levels with another merge
   */
  public LadderVaeSettings {
    latentSizes = List.copyOf(latentSizes);
    hidden = List.copyOf(hidden);
    if (latentSizes.isEmpty()) {
      throw new SettingException("latent-sizes", "must name one level or more");
    }
    if (hidden.size() != latentSizes.size()) {
      throw new SettingException(
          "hidden",
          String.format(
              Locale.ROOT,
              "must have one size for each level: latent-sizes names %d, this %d",
              latentSizes.size(),
              hidden.size()));
    }
    if (priorLevels == PriorLevels.ALL && merge != Merge.PRECISION_WEIGHTED) {
      throw new SettingException(
          "prior-levels",
          "takes model.merge = precision-weighted, or set top: with another merge each pair of an"
              + " example and a pseudo-input would be a pass through the network");
    }
    new GaussianPosteriorSettings(logVarianceMin, logVarianceMax);
  }

  /**
   * A ladder of the default kind with other sizes.
   *
   * @param latentSizes the number of latents of each level, top first
   * @param hidden the sizes of the gated layers of each level, top first
   * @return the settings
   */
  public static LadderVaeSettings of(List<Integer> latentSizes, List<Integer> hidden) {
    LadderVaeSettings defaults = SettingsSchema.of(LadderVaeSettings.class).defaultValues();
    return new LadderVaeSettings(
        latentSizes,
        hidden,
        defaults.layers,
        defaults.merge,
        defaults.priorLevels,
        defaults.logVarianceMin,
        defaults.logVarianceMax);
  }

  int levels() {
    return latentSizes.size();
  }
}
