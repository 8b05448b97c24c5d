package org.largevae.networks.convolution;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Latents;
import org.largevae.api.network.Encoder;
import org.largevae.api.network.Posterior;
import org.largevae.networks.NetworkLayers;
import org.largevae.networks.posterior.GaussianPosterior;

/**
 * {@code q(z|x)} by gated convolutions and one linear map to the posterior's parameters, the
 * encoder of the VampPrior paper's convolutional models (Tomczak and Welling 2018).
 *
 * <p>Each layer is {@code (W_h * x + b_h) sigmoid(W_g * x + b_g)} with zeros around its input, so
 * that a stride of s makes a side of n pixels one of {@code ceil(n / s)}. Below other levels, for
 * {@code q(z_l | x, z above)}, the latents of each of them enter through a gated dense layer as
 * wide as what the convolutions give of x; these stand side by side in one more gated dense layer.
 * The convolutions run once for an example, however many draws of the latents above there are.
 *
 * <p>Where pixels may be missing, they are given as 0, and further channels say which are known.
 */
public final class GatedConvolutionEncoder implements Encoder {
  private final Posterior posterior;
  private final PictureInput input;
  private final NetworkLayers layers = new NetworkLayers();
  private final List<GatedConvolution> convolutions = new ArrayList<>();
  private final PosteriorHeads heads;

  /**
   * The encoder of a level; its parameters have no values yet.
   *
   * @param settings the sizes of the layers
   * @param shape its level's sizes
   * @param posterior what it gives the parameters of
   * @throws org.largevae.api.config.SettingException if the data are no pictures, they are too
   *     small for the strides, or their values are categories
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public GatedConvolutionEncoder(
      GatedConvolutionEncoderSettings settings, ModelShape shape, Posterior posterior) {
    SettingsSchema.check(settings);
    this.posterior = posterior;
    this.input = new PictureInput(shape.data());
    DataShape picture = shape.data().shape();
    PictureInput.requireLargeEnough(picture, "strides", settings.strides());
    List<Integer> kernels = settings.kernelSizes(!shape.latentSizesAbove().isEmpty());
    int channels = input.channels();
    int height = picture.height();
    int width = picture.width();
    for (int i = 0; i < kernels.size(); i++) {
      int outputs = settings.channels().get(i);
      int kernel = kernels.get(i);
      int stride = settings.strides().get(i);
      convolutions.add(
          layers.add("gated", new GatedConvolution(channels, outputs, kernel, stride, kernel / 2)));
      channels = outputs;
      height = (height - 1) / stride + 1;
      width = (width - 1) / stride + 1;
    }
    long features = new DataShape(channels, height, width).dimensions();
    this.heads =
        new PosteriorHeads(layers, features, shape, settings.hidden(), posterior.parameters());
  }

  /**
   * An encoder with the paper's layers; its parameters have no values yet.
   *
   * @param shape its level's sizes
   * @param posterior what it gives the parameters of
   * @throws org.largevae.api.config.SettingException as above
   */
  public GatedConvolutionEncoder(ModelShape shape, Posterior posterior) {
    this(
        SettingsSchema.of(GatedConvolutionEncoderSettings.class).defaultValues(), shape, posterior);
  }

  /**
   * An encoder with the paper's layers and a diagonal Gaussian posterior; its parameters have no
   * values yet.
   *
   * @param shape its level's sizes
   * @throws org.largevae.api.config.SettingException as above
   */
  public GatedConvolutionEncoder(ModelShape shape) {
    this(shape, new GaussianPosterior(shape));
  }

  @Override
  public Optional<Posterior> posterior() {
    return Optional.of(posterior);
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(layers);
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.largevae.api.tensor.ShapeException if x is not of shape (B, D), or latents do not
   *     fit it or the network
   */
  @Override
  public Distribution encode(Batch batch, Latents above, Pass pass) {
    NDArray maps = input.of(batch);
    for (GatedConvolution convolution : convolutions) {
      maps = pass.forward(convolution, maps);
    }
    NDArray features = maps.reshape(maps.getShape().get(0), -1);
    return posterior.of(heads.of(features, above, pass), pass);
  }
}
