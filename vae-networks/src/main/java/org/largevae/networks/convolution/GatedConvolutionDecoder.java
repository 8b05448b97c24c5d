package org.largevae.networks.convolution;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Latents;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.network.Decoder;
import org.largevae.networks.NetworkLayers;

/**
 * {@code p(x|z)} by gated convolutions at the picture's size, the decoder of the VampPrior paper's
 * convolutional models (Tomczak and Welling 2018): the latents of each level enter a gated dense
 * layer, whose outputs side by side become a picture in one more; gated convolutions follow, and a
 * convolution over single pixels gives the likelihood's parameters.
 */
public final class GatedConvolutionDecoder implements Decoder {
  private final NetworkLayers layers = new NetworkLayers();
  private final LatentProjection input;
  private final List<GatedConvolution> convolutions = new ArrayList<>();
  private final PlainConvolution heads;
  private final PixelParameters parameters;

  /**
   * The decoder of a model; its parameters have no values yet.
   *
   * @param settings the sizes of the layers
   * @param shape the lowest level's sizes
   * @param likelihood what it gives the parameters of
   * @throws org.largevae.api.config.SettingException if the data are no pictures, or the likelihood
   *     does not take its parameters pixel by pixel
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public GatedConvolutionDecoder(
      GatedConvolutionDecoderSettings settings, ModelShape shape, Likelihood likelihood) {
    SettingsSchema.check(settings);
    DataShape picture = PictureInput.requirePictures(shape.data());
    this.parameters = new PixelParameters(likelihood, picture);
    this.input = new LatentProjection(layers, shape, settings.hidden(), picture);
    int kernel = settings.kernelSize();
    int channels = picture.channels();
    for (int outputs : settings.channels()) {
      convolutions.add(
          layers.add("gated", new GatedConvolution(channels, outputs, kernel, 1, kernel / 2)));
      channels = outputs;
    }
    this.heads = layers.add("heads", new PlainConvolution(channels, parameters.channels(), 1, 1));
  }

  /**
   * A decoder with the paper's layers; its parameters have no values yet.
   *
   * @param shape the lowest level's sizes
   * @param likelihood what it gives the parameters of
   * @throws org.largevae.api.config.SettingException as above
   */
  public GatedConvolutionDecoder(ModelShape shape, Likelihood likelihood) {
    this(
        SettingsSchema.of(GatedConvolutionDecoderSettings.class).defaultValues(),
        shape,
        likelihood);
  }

  @Override
  public Likelihood likelihood() {
    return parameters.likelihood();
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(layers);
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.largevae.api.tensor.ShapeException if the latents are not those of all levels, or
   *     their leading axes differ
   */
  @Override
  public Density decode(Latents latents, Pass pass) {
    NDArray maps = input.of(latents, pass);
    for (GatedConvolution convolution : convolutions) {
      maps = pass.forward(convolution, maps);
    }
    return parameters.of(pass.forward(heads, maps), latents, pass);
  }
}
