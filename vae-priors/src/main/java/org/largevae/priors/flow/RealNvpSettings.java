package org.largevae.priors.flow;

import java.util.List;
import org.largevae.api.config.Setting;

/**
 * The settings of a {@link RealNvp}.
 *
 * @param couplings how many couplings there are, at least 1
 * @param hidden the sizes of the hidden layers of each coupling's network, at least one
 * @param scaleBound the greatest |s|, above 0 and at most 10: a coupling scales by exp(s)
 */
public record RealNvpSettings(
    @Setting(value = "8", atLeast = 1, meaning = "the number of couplings") int couplings,
    @Setting(
            value = "[128, 128]",
            atLeast = 1,
            meaning = "the sizes of the hidden layers of a coupling's network, first to last")
        List<Integer> hidden,
    @Setting(
            value = "3",
            above = 0,
            atMost = 10,
            meaning = "the log of a coupling's scale stays within this on either side of 0")
        double scaleBound) {

  /** Copies the list. */
  public RealNvpSettings {
    hidden = List.copyOf(hidden);
  }
}
