package org.largevae.priors.reweighted;

import java.util.List;
import org.largevae.api.config.Setting;

/**
 * The settings of a {@link SnisPrior}.
 *
 * @param hidden the sizes of the hidden layers of the energy, first to last
 * @param proposals K, a part of the model
 * @param evaluationSets R, sets of proposals that the bound is averaged over where the model stands
 *     still
 */
public record SnisSettings(
    @Setting(
            value = "[100, 100]",
            atLeast = 1,
            meaning = "the sizes of the hidden layers of the energy network, first to last")
        List<Integer> hidden,
    @Setting(
            value = "1024",
            atLeast = 1,
            atMost = 1e6,
            meaning = "K, the draws from N(0, I) of which one is picked; a part of the model")
        int proposals,
    @Setting(
            value = "100",
            atLeast = 1,
            atMost = 1e5,
            meaning =
                "R, sets of proposals that the bound is averaged over in validation and evaluation;"
                    + " more tighten it")
        int evaluationSets) {

  /** Copies the list. */
  public SnisSettings {
    hidden = List.copyOf(hidden);
  }
}
