package org.largevae.networks.pixel;

import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;

/**
 * The settings of a {@link GatedPixelCnnDecoder}.
 *
 * @param layers how many layers both stacks have, at least 1
 * @param channels F, of each stack, at least 1
 * @param kernelSize the columns that a layer of the vertical stack sees, odd, at least 3
 */
public record GatedPixelCnnSettings(
    @Setting(value = "8", atLeast = 1, atMost = 1000, meaning = "how many layers both stacks have")
        int layers,
    @Setting(value = "32", atLeast = 1, atMost = 65536, meaning = "F, the channels of each stack")
        int channels,
    @Setting(
            value = "3",
            atLeast = 3,
            atMost = 999,
            meaning = "how many columns a layer of the vertical stack sees; odd")
        int kernelSize) {

  /**
   * Checks the size of a kernel.
   *
   * @throws SettingException if it is even
   */
  public GatedPixelCnnSettings {
    if (kernelSize % 2 == 0) {
      throw new SettingException(
          "kernel-size", "must be odd, so that a kernel has a pixel in its middle");
    }
  }
}
