package org.largevae.networks.posterior;

import java.util.List;
import org.largevae.api.config.Setting;

/**
 * The settings of an {@link InverseAutoregressiveFlow}.
 *
 * @param steps how many steps there are, at least 1
 * @param hidden the sizes of the hidden layers of each step's network, at least one
 * @param context how many numbers an encoder gives the networks for each example, at least 1
 */
public record InverseAutoregressiveFlowSettings(
    @Setting(value = "4", atLeast = 1, meaning = "the number of autoregressive steps") int steps,
    @Setting(
            value = "[320, 320]",
            atLeast = 1,
            meaning = "the sizes of the hidden layers of a step's network, first to last")
        List<Integer> hidden,
    @Setting(
            value = "64",
            atLeast = 1,
            meaning = "how many numbers about an example the encoder gives the networks")
        int context) {

  /** Copies the list. */
  public InverseAutoregressiveFlowSettings {
    hidden = List.copyOf(hidden);
  }
}
