package org.largevae.priors.flow;

import java.util.List;
import org.largevae.api.config.Setting;

/**
 * The settings of a {@link MaskedAutoregressiveFlow}.
 *
 * @param layers how many autoregressive layers there are, at least 1
 * @param hidden the sizes of the hidden layers of each one's network, at least one
 * @param scaleBound the greatest |s|, above 0 and at most 10: a layer scales by exp(s)
 */
public record MaskedAutoregressiveFlowSettings(
    @Setting(value = "5", atLeast = 1, meaning = "the number of autoregressive layers") int layers,
    @Setting(
            value = "[128, 128]",
            atLeast = 1,
            meaning = "the sizes of the hidden layers of a layer's network, first to last")
        List<Integer> hidden,
    @Setting(
            value = "3",
            above = 0,
            atMost = 10,
            meaning = "the log of a layer's scale stays within this on either side of 0")
        double scaleBound) {

  /** Copies the list. */
  public MaskedAutoregressiveFlowSettings {
    hidden = List.copyOf(hidden);
  }
}
