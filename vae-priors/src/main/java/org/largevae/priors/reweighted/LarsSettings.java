package org.largevae.priors.reweighted;

import java.util.List;
import org.largevae.api.config.Setting;

/**
 * The settings of a {@link LarsPrior}.
 *
 * @param hidden the sizes of the hidden layers of a(z), first to last
 * @param truncation T, at least 2
 * @param trainingSamples draws of a training step that estimate Z
 * @param averageDecay the share of the running mean of Z that a training step leaves
 * @param normaliserSamples draws that estimate Z where the model stands still
 */
public record LarsSettings(
    @Setting(
            value = "[100, 100]",
            atLeast = 1,
            meaning = "the sizes of the hidden layers of the acceptance network, first to last")
        List<Integer> hidden,
    @Setting(
            value = "100",
            atLeast = 2,
            atMost = 1e6,
            meaning = "T, the try that is accepted in any case")
        int truncation,
    @Setting(
            value = "1024",
            atLeast = 1,
            atMost = 1e6,
            meaning = "draws from N(0, I) that estimate the normaliser in a training step")
        int trainingSamples,
    @Setting(
            value = "0.99",
            atLeast = 0,
            atMost = 0.9999,
            meaning = "share of the running normaliser that a training step leaves as it was")
        double averageDecay,
    @Setting(
            value = "250000",
            atLeast = 100,
            atMost = 1e7,
            meaning =
                "draws from N(0, I) that estimate the normaliser once for each validation and"
                    + " evaluation")
        int normaliserSamples) {

  /** Copies the list. */
  public LarsSettings {
    hidden = List.copyOf(hidden);
  }
}
