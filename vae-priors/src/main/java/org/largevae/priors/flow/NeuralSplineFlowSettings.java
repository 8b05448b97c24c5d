package org.largevae.priors.flow;

import java.util.List;
import org.largevae.api.config.Setting;

/**
 * The settings of a {@link NeuralSplineFlow}.
 *
 * @param couplings how many couplings there are, at least 1
 * @param hidden the sizes of the hidden layers of each coupling's network, at least one
 * @param bins K, the number of a spline's pieces, from 2 to 100
 * @param bound splines map latents within it on either side of 0, above 0
 */
public record NeuralSplineFlowSettings(
    @Setting(value = "8", atLeast = 1, meaning = "the number of couplings") int couplings,
    @Setting(
            value = "[128, 128]",
            atLeast = 1,
            meaning = "the sizes of the hidden layers of a coupling's network, first to last")
        List<Integer> hidden,
    @Setting(value = "8", atLeast = 2, atMost = 100, meaning = "the number of a spline's pieces")
        int bins,
    @Setting(
            value = "5",
            above = 0,
            atMost = 1000,
            meaning = "splines map latents within this on either side of 0, the identity others")
        double bound) {

  /** Copies the list. */
  public NeuralSplineFlowSettings {
    hidden = List.copyOf(hidden);
  }
}
