package org.largevae.networks;

import java.util.List;
import java.util.Objects;
import org.largevae.api.config.Setting;

/**
 * The settings of an {@link MlpEncoder} or a {@link MlpDecoder}.
 *
 * @param hidden the sizes of the layers, first to last, at least one, each at least 1
 * @param activation what follows each layer's linear map
 */
public record MlpSettings(
    @Setting(value = "[300, 300]", atLeast = 1, meaning = "the sizes of the layers, first to last")
        List<Integer> hidden,
    @Setting(value = "relu", meaning = "what follows each layer's linear map")
        Activation activation) {

  /** Copies the list and checks that nothing is null. */
  public MlpSettings {
    hidden = List.copyOf(hidden);
    Objects.requireNonNull(activation, "activation is null");
  }
}
