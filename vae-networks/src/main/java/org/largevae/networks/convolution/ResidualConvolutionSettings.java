package org.largevae.networks.convolution;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;
import org.largevae.networks.NetworkLayers;

/**
 * The settings of a {@link ResidualConvolutionEncoder} or a {@link ResidualConvolutionDecoder}.
 *
 * @param channels of the stages, the one at the picture's size first, at least one, each at least
 *     1; each further stage works on maps of half the size
 * @param blocks residual blocks in each stage, at least 1
 * @param normalization what maps are normalised by
 * @param groups into how many groups the channels fall with group normalisation, a divisor of each
 *     of the channels
 * @param hidden the size of the gated dense layers of latents, at least 1
 */
public record ResidualConvolutionSettings(
    @Setting(
            value = "[32, 64, 64]",
            atLeast = 1,
            atMost = 65536,
            meaning =
                "the channels of the stages, the one at the picture's size first; each further"
                    + " stage works on maps of half the size")
        List<Integer> channels,
    @Setting(
            value = "1",
            atLeast = 1,
            atMost = 1000,
            meaning = "how many residual blocks a stage has")
        int blocks,
    @Setting(
            value = "group",
            meaning =
                "what maps are normalised by before activation functions: nothing, an example's"
                    + " groups of channels, or the batch")
        Normalization normalization,
    @Setting(
            value = "8",
            atLeast = 1,
            meaning =
                "into how many groups the channels fall with normalization = group, a divisor of"
                    + " each of them")
        int groups,
    @Setting(
            value = "300",
            atLeast = 1,
            meaning =
                "the size of the gated dense layer that a decoder's latents of a level enter, and"
                    + " in which an encoder's example meets the latents of the levels above")
        int hidden) {

  /**
   * Copies the list and checks the groups.
   *
   * @throws SettingException if channels cannot be divided into as many groups
   */
  public ResidualConvolutionSettings {
    channels = List.copyOf(channels);
    Objects.requireNonNull(normalization, "normalization is null");
    int divisor = groups;
    if (normalization == Normalization.GROUP
        && divisor > 0
        && channels.stream().anyMatch(count -> count % divisor != 0)) {
      throw new SettingException(
          "groups", "must divide each of channels, which is " + channels + ", without a remainder");
    }
  }

  /** A layer that normalises maps as these settings say. */
  Normalizer normalizer(NetworkLayers layers, int count) {
    return normalization.of(layers, count, groups);
  }

  /** The factors by which stages reduce a picture's sides, without the first. */
  List<Integer> reductions() {
    return Collections.nCopies(channels.size() - 1, 2);
  }
}
