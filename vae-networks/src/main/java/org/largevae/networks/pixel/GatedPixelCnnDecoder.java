package org.largevae.networks.pixel;

import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.likelihood.Likelihood;

/**
 * {@code p(x|z) = prod_i p(x_i | x_before_i, z)} by the gated PixelCNN (van den Oord et al. 2016,
 * arXiv:1606.05328, sections 2.2 to 2.4): a vertical stack v of the rows above a pixel and a
 * horizontal stack h of what is to the left of it, so that there is no blind spot. In layer l
 *
 * <pre>
 * a   = conv(v_(l-1))                        rows above, with those of the layers before
 * v_l = tanh(a' + V' c) sigmoid(a'' + V'' c)
 * b   = conv(h_(l-1)) + W a                  columns to the left
 * g   = tanh(b' + U' c) sigmoid(b'' + U'' c)
 * h_l = R g + h_(l-1)                        from the second layer on; else R g
 * </pre>
 *
 * <p>with {@code '} and {@code ''} the first and the second half of the channels, and c the
 * latents' maps, one gated dense layer from each level's latents to a number for each value. The
 * likelihood's parameters are a linear map of {@code relu(sum_l S_l g_l)}.
 *
 * <p>The values of one pixel, such as red, green and blue, are independent given earlier pixels.
 * Latents that such a decoder can do without are often ignored: look at the KL.
 */
public final class GatedPixelCnnDecoder extends PixelDecoder {

  /**
   * A decoder; its parameters have no values yet.
   *
   * @param settings its network's sizes
   * @param shape the lowest level's sizes
   * @param likelihood what it gives the parameters of
   * @throws IllegalArgumentException if a setting is out of bounds
   * @throws org.largevae.api.config.ConfigurationException if the data are no pictures without
   *     missing values, or the likelihood does not treat values alike
   */
  public GatedPixelCnnDecoder(
      GatedPixelCnnSettings settings, ModelShape shape, Likelihood likelihood) {
    super(
        GatedPixelCnnDecoderProvider.NAME,
        shape,
        likelihood,
        (sizes, block) -> new GatedPixelCnnNetwork(SettingsSchema.check(settings), sizes, block));
  }

  /**
   * A decoder with the default settings; its parameters have no values yet.
   *
   * @param shape the lowest level's sizes
   * @param likelihood what it gives the parameters of
   * @throws org.largevae.api.config.ConfigurationException if the data are no pictures without
   *     missing values, or the likelihood does not treat values alike
   */
  public GatedPixelCnnDecoder(ModelShape shape, Likelihood likelihood) {
    this(SettingsSchema.of(GatedPixelCnnSettings.class).defaultValues(), shape, likelihood);
  }
}
