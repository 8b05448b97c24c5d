package org.largevae.networks.pixel;

import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.likelihood.Likelihood;

/**
 * {@code p(x|z) = prod_i p(x_i | x_before_i, z)} by masked convolutions (van den Oord et al. 2016,
 * arXiv:1601.06759, section 3.4), the PixelHVAE decoder of Tomczak and Welling (2018,
 * arXiv:1705.07120): a gated dense layer maps each level's latents to a number for each value;
 * beside the picture these maps go through a masked convolution A, which sees earlier pixels alone,
 * then masked convolutions B, each with a ReLU, and a linear map to the likelihood's parameters.
 *
 * <p>With 3 x 3 kernels and L layers a pixel sees L rows up, but not what is to the right of a
 * diagonal from it: one layer sees one column to the right in the row above, two layers two columns
 * in the second row above and so on. {@link GatedPixelCnnDecoder} has no such blind spot.
 *
 * <p>The values of one pixel, such as red, green and blue, are independent given earlier pixels.
 * Latents that such a decoder can do without are often ignored: look at the KL.
 */
public final class PixelCnnDecoder extends PixelDecoder {

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
  public PixelCnnDecoder(PixelCnnSettings settings, ModelShape shape, Likelihood likelihood) {
    super(
        PixelCnnDecoderProvider.NAME,
        shape,
        likelihood,
        (sizes, block) -> new PixelCnnNetwork(SettingsSchema.check(settings), sizes, block));
  }

  /**
   * A decoder with the default settings; its parameters have no values yet.
   *
   * @param shape the lowest level's sizes
   * @param likelihood what it gives the parameters of
   * @throws org.largevae.api.config.ConfigurationException if the data are no pictures without
   *     missing values, or the likelihood does not treat values alike
   */
  public PixelCnnDecoder(ModelShape shape, Likelihood likelihood) {
    this(SettingsSchema.of(PixelCnnSettings.class).defaultValues(), shape, likelihood);
  }
}
