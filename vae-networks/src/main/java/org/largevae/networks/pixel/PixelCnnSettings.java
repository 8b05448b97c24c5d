package org.largevae.networks.pixel;

import java.util.Objects;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;

/**
 * The settings of a {@link PixelCnnDecoder}. Tomczak and Welling have {@code latent-maps = masked,
 * normalization = batch}, and {@code head-bias = false} for grey levels.
 *
 * @param layers how many masked convolutions there are, at least 1
 * @param channels of each convolution, at least 1
 * @param kernelSize rows and columns of a kernel before it is masked, odd, at least 3
 * @param normalization what follows a convolution
 * @param latentMaps what the first convolution sees of the latents' maps
 * @param headBias whether the likelihood's parameters have a bias
 */
public record PixelCnnSettings(
    @Setting(
            value = "8",
            atLeast = 1,
            atMost = 1000,
            meaning = "how many masked convolutions there are")
        int layers,
    @Setting(
            value = "64",
            atLeast = 1,
            atMost = 65536,
            meaning = "the channels of each convolution")
        int channels,
    @Setting(
            value = "3",
            atLeast = 3,
            atMost = 999,
            meaning = "rows and columns of a kernel before masking; odd")
        int kernelSize,
    @Setting(
            value = "none",
            meaning =
                "what follows a convolution; none: a bias, batch: batch normalisation with running"
                    + " statistics, as Tomczak and Welling have it")
        PixelNormalization normalization,
    @Setting(
            value = "open",
            meaning =
                "what the first convolution sees of the latents' maps; open: all pixels around,"
                    + " masked: earlier pixels alone, as Tomczak and Welling have it")
        LatentMaps latentMaps,
    @Setting(
            value = "true",
            meaning =
                "whether the likelihood's parameters have a bias; Tomczak and Welling have none for"
                    + " grey levels")
        boolean headBias) {

  /**
   * Checks the size of a kernel.
   *
   * @throws SettingException if it is even
   */
  public PixelCnnSettings {
    Objects.requireNonNull(normalization, "normalization is null");
    Objects.requireNonNull(latentMaps, "latentMaps is null");
    if (kernelSize % 2 == 0) {
      throw new SettingException(
          "kernel-size", "must be odd, so that a kernel has a pixel in its middle");
    }
  }
}
