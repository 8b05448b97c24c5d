package org.largevae.networks;

import java.util.List;
import org.largevae.api.config.Setting;

/**
 * The settings of a {@link GatedMlpEncoder} or a {@link GatedMlpDecoder}.
 *
 * @param hidden the sizes of the gated layers, first to last, at least one, each at least 1
 */
public record GatedMlpSettings(
    @Setting(
            value = "[300, 300]",
            atLeast = 1,
            meaning = "the sizes of the gated layers, first to last")
        List<Integer> hidden) {

  /** Copies the list. */
  public GatedMlpSettings {
    hidden = List.copyOf(hidden);
  }
}
