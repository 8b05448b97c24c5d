package org.largevae.networks.convolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;

/**
 * The settings of a {@link GatedConvolutionEncoder}; the defaults are those of Tomczak and Welling
 * 2018.
 *
 * @param channels of the gated convolutions, first to last, at least one, each at least 1
 * @param strides of the gated convolutions, as many, each at least 1
 * @param kernelSizes the sides of their kernels in pixels, as many, each odd; empty for those of
 *     the paper: 7 for the first layer, 5 for the third and 3 for all others, and below other
 *     levels 3 for all
 * @param hidden the size of the gated dense layer in which an example and the latents of the levels
 *     above meet, at least 1
 */
public record GatedConvolutionEncoderSettings(
    @Setting(
            value = "[32, 32, 64, 64, 6]",
            atLeast = 1,
            atMost = 65536,
            meaning = "the channels of the gated convolutions, first to last")
        List<Integer> channels,
    @Setting(
            value = "[1, 2, 1, 2, 1]",
            atLeast = 1,
            atMost = 1000,
            meaning = "the strides of the gated convolutions, one for each entry of channels")
        List<Integer> strides,
    @Setting(
            atLeast = 1,
            atMost = 999,
            meaning =
                "rows and columns of the kernels, odd, one for each entry of channels; left out: 7 for"
                    + " the first layer, 5 for the third, 3 for the others, and below other levels"
                    + " 3 for all")
        Optional<List<Integer>> kernelSizes,
    @Setting(
            value = "300",
            atLeast = 1,
            meaning =
                "the size of the gated dense layer in which an example meets the latents of the"
                    + " levels above; at the top there is none")
        int hidden) {

  /**
   * Copies the lists and checks that they fit each other.
   *
   * @throws SettingException if their lengths differ or a kernel's side is even
   */
  public GatedConvolutionEncoderSettings {
    channels = List.copyOf(channels);
    strides = List.copyOf(strides);
    kernelSizes = kernelSizes.map(List::copyOf);
    requireAsMany("strides", strides, channels);
    if (kernelSizes.isPresent()) {
      requireAsMany("kernel-sizes", kernelSizes.get(), channels);
      if (kernelSizes.get().stream().anyMatch(side -> side % 2 == 0)) {
        throw new SettingException(
            "kernel-sizes", "must be odd, so that a kernel has a middle pixel");
      }
    }
  }

  private static void requireAsMany(String key, List<Integer> values, List<Integer> channels) {
    if (values.size() != channels.size()) {
      throw new SettingException(
          key,
          String.format(
              Locale.ROOT,
              "must have %d entries, one for each entry of channels, which is %s",
              channels.size(),
              channels));
    }
  }

  /** The kernels of a level. */
  List<Integer> kernelSizes(boolean belowOthers) {
    return kernelSizes.orElseGet(
        () -> {
          List<Integer> sides = new ArrayList<>();
          for (int layer = 0; layer < channels.size(); layer++) {
            int top = layer == 0 ? 7 : layer == 2 ? 5 : 3;
            sides.add(belowOthers ? 3 : top);
          }
          return sides;
        });
  }
}
