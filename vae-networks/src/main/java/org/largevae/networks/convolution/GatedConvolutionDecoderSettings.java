package org.largevae.networks.convolution;

import java.util.List;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;

/**
 * The settings of a {@link GatedConvolutionDecoder}; the defaults are those of Tomczak and Welling
 * 2018.
 *
 * @param hidden the size of the gated dense layer that latents of a level enter, at least 1
 * @param channels of the gated convolutions, first to last, at least one, each at least 1
 * @param kernelSize the side of their kernels in pixels, odd
 */
public record GatedConvolutionDecoderSettings(
    @Setting(
            value = "300",
            atLeast = 1,
            meaning = "the size of the gated dense layer that the latents of a level enter")
        int hidden,
    @Setting(
            value = "[64, 64, 64, 64]",
            atLeast = 1,
            atMost = 65536,
            meaning = "the channels of the gated convolutions, first to last")
        List<Integer> channels,
    @Setting(value = "3", atLeast = 1, atMost = 999, meaning = "rows and columns of a kernel, odd")
        int kernelSize) {

  /**
   * Copies the list and checks the kernel.
   *
   * @throws SettingException if the kernel's side is even
   */
  public GatedConvolutionDecoderSettings {
    channels = List.copyOf(channels);
    if (kernelSize % 2 == 0) {
      throw new SettingException("kernel-size", "must be odd, so that a kernel has a middle pixel");
    }
  }
}
