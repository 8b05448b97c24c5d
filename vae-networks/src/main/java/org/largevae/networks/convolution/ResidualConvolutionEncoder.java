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
 * {@code q(z|x)} by a residual network (He et al. 2016, arXiv:1603.05027) for pictures of any size.
 *
 * <p>Stages of residual blocks follow each other; a 3 x 3 convolution leads into each, with stride
 * 2 into all but the first, which makes a side of n pixels one of {@code ceil(n / 2)}. One linear
 * map leads from the last maps to the posterior's parameters. Below other levels their latents
 * enter as in {@link GatedConvolutionEncoder}. Where pixels may be missing, they are given as 0,
 * and further channels say which are known.
 *
 * <p>With batch normalisation, statistics are taken of a batch whose {@link Batch#places} among the
 * training examples are known, in a training pass; anything else, such as a VampPrior's
 * pseudo-inputs, is normalised by the running averages and leaves them.
 */
public final class ResidualConvolutionEncoder implements Encoder {
  private final Posterior posterior;
  private final PictureInput input;
  private final NetworkLayers layers = new NetworkLayers();
  private final List<DownStage> stages = new ArrayList<>();
  private final Normalizer lastNormalizer;
  private final PosteriorHeads heads;

  private record DownStage(PlainConvolution entry, List<ResidualBlock> blocks) {}

  /**
   * The encoder of a level; its parameters have no values yet.
   *
   * @param settings the sizes of the network
   * @param shape its level's sizes
   * @param posterior what it gives the parameters of
   * @throws org.largevae.api.config.SettingException if the data are no pictures, they are too
   *     small for the stages, or their values are categories
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public ResidualConvolutionEncoder(
      ResidualConvolutionSettings settings, ModelShape shape, Posterior posterior) {
    SettingsSchema.check(settings);
    this.posterior = posterior;
    this.input = new PictureInput(shape.data());
    List<DataShape> maps = StageMaps.of(settings, shape.data());
    int channels = input.channels();
    for (DataShape stage : maps) {
      int outputs = stage.channels();
      int stride = stages.isEmpty() ? 1 : 2;
      PlainConvolution entry =
          layers.add("entry", new PlainConvolution(channels, outputs, 3, stride));
      List<ResidualBlock> blocks = new ArrayList<>();
      for (int i = 0; i < settings.blocks(); i++) {
        blocks.add(new ResidualBlock(layers, settings, outputs));
      }
      stages.add(new DownStage(entry, blocks));
      channels = outputs;
    }
    this.lastNormalizer = settings.normalizer(layers, channels);
    long features = maps.get(maps.size() - 1).dimensions();
    this.heads =
        new PosteriorHeads(layers, features, shape, settings.hidden(), posterior.parameters());
  }

  /**
   * An encoder of the default sizes with a diagonal Gaussian posterior; its parameters have no
   * values yet.
   *
   * @param shape its level's sizes
   * @throws org.largevae.api.config.SettingException as above
   */
  public ResidualConvolutionEncoder(ModelShape shape) {
    this(
        SettingsSchema.of(ResidualConvolutionSettings.class).defaultValues(),
        shape,
        new GaussianPosterior(shape));
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
    boolean learns = pass.isTraining() && batch.places().isPresent();
    NDArray maps = input.of(batch);
    for (DownStage stage : stages) {
      maps = pass.forward(stage.entry(), maps);
      for (ResidualBlock block : stage.blocks()) {
        maps = block.of(maps, pass, learns);
      }
    }
    NDArray last = ResidualBlock.silu(lastNormalizer.of(maps, pass, learns));
    NDArray features = last.reshape(last.getShape().get(0), -1);
    return posterior.of(heads.of(features, above, pass), pass);
  }
}
