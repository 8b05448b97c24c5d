package org.largevae.priors.reweighted;

import java.util.List;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingsSchema;

/**
 * The settings of a {@link DensityRatioPrior}.
 *
 * @param hidden the sizes of the hidden layers of the classifier, first to last
 * @param trainingSamples draws from N(0, I) of a training step: what the classifier tells from
 *     latents, and what estimates Z
 * @param normaliserSamples draws that estimate Z where the model stands still
 * @param samplingProposals K, draws from N(0, I) of which one is picked
 */
public record DensityRatioSettings(
    @Setting(
            value = "[100, 100]",
            atLeast = 1,
            meaning = "the sizes of the hidden layers of the classifier, first to last")
        List<Integer> hidden,
    @Setting(
            value = "1024",
            atLeast = 1,
            atMost = 1e6,
            meaning = "draws from N(0, I) in a training step, to tell from latents")
        int trainingSamples,
    @Setting(
            value = "250000",
            atLeast = 100,
            atMost = 1e7,
            meaning =
                "draws from N(0, I) that estimate the normaliser once for each validation and"
                    + " evaluation")
        int normaliserSamples,
    @Setting(
            value = "5000",
            atLeast = 1,
            atMost = 1e6,
            meaning = "draws from N(0, I) of which one is picked as a draw of the prior")
        int samplingProposals) {

  /** Copies the list. */
  public DensityRatioSettings {
    hidden = List.copyOf(hidden);
  }

  /**
   * The defaults.
   *
   * @return the settings
   */
  public static DensityRatioSettings defaults() {
    return SettingsSchema.of(DensityRatioSettings.class).defaultValues();
  }
}
