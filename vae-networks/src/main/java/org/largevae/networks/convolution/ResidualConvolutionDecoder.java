package org.largevae.networks.convolution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
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
 * {@code p(x|z)} by a residual network (He et al. 2016, arXiv:1603.05027) for pictures of any size,
 * the stages of {@link ResidualConvolutionEncoder} in reverse.
 *
 * <p>The latents of each level enter a gated dense layer, whose outputs side by side become the
 * smallest maps in one more. Stages of residual blocks follow each other; between two, each pixel
 * becomes 2 x 2 of the same value, what lies beyond the next stage's maps is cut off, and a 3 x 3
 * convolution follows. A convolution over single pixels gives the likelihood's parameters.
 *
 * <p>With batch normalisation, the statistics of a training pass are those over all decoded
 * latents: S draws for each of B examples are S B maps.
 */
public final class ResidualConvolutionDecoder implements Decoder {
  private final NetworkLayers layers = new NetworkLayers();
  private final LatentProjection input;
  private final List<UpStage> stages = new ArrayList<>();
  private final Normalizer lastNormalizer;
  private final PlainConvolution heads;
  private final PixelParameters parameters;

  /** A stage's blocks, and what leads out of it to larger maps. */
  private record UpStage(List<ResidualBlock> blocks, Optional<Enlargement> exit) {}

  private record Enlargement(DataShape to, PlainConvolution convolution) {}

  /**
   * The decoder of a model; its parameters have no values yet.
   *
   * @param settings the sizes of the network
   * @param shape the lowest level's sizes
   * @param likelihood what it gives the parameters of
   * @throws org.largevae.api.config.SettingException if the data are no pictures, they are too
   *     small for the stages, or the likelihood does not take its parameters pixel by pixel
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public ResidualConvolutionDecoder(
      ResidualConvolutionSettings settings, ModelShape shape, Likelihood likelihood) {
    SettingsSchema.check(settings);
    List<DataShape> maps = StageMaps.of(settings, shape.data());
    this.parameters = new PixelParameters(likelihood, shape.data().shape());
    this.input = new LatentProjection(layers, shape, settings.hidden(), maps.get(maps.size() - 1));
    for (int i = maps.size() - 1; i >= 0; i--) {
      int channels = maps.get(i).channels();
      List<ResidualBlock> blocks = new ArrayList<>();
      for (int block = 0; block < settings.blocks(); block++) {
        blocks.add(new ResidualBlock(layers, settings, channels));
      }
      Optional<DataShape> next = i == 0 ? Optional.empty() : Optional.of(maps.get(i - 1));
      stages.add(new UpStage(blocks, next.map(larger -> enlargement(channels, larger))));
    }
    int channels = maps.get(0).channels();
    this.lastNormalizer = settings.normalizer(layers, channels);
    this.heads = layers.add("heads", new PlainConvolution(channels, parameters.channels(), 1, 1));
  }

  /**
   * A decoder of the default sizes; its parameters have no values yet.
   *
   * @param shape the lowest level's sizes
   * @param likelihood what it gives the parameters of
   * @throws org.largevae.api.config.SettingException as above
   */
  public ResidualConvolutionDecoder(ModelShape shape, Likelihood likelihood) {
    this(SettingsSchema.of(ResidualConvolutionSettings.class).defaultValues(), shape, likelihood);
  }

  private Enlargement enlargement(int channels, DataShape to) {
    return new Enlargement(
        to, layers.add("exit", new PlainConvolution(channels, to.channels(), 3, 1)));
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
    for (UpStage stage : stages) {
      for (ResidualBlock block : stage.blocks()) {
        maps = block.of(maps, pass, pass.isTraining());
      }
      if (stage.exit().isPresent()) {
        Enlargement exit = stage.exit().get();
        maps = pass.forward(exit.convolution(), enlarged(maps, exit.to()));
      }
    }
    NDArray last = ResidualBlock.silu(lastNormalizer.of(maps, pass, pass.isTraining()));
    return parameters.of(pass.forward(heads, last), latents, pass);
  }

  /** Each pixel twice in both directions, without what lies beyond the larger maps. */
  private static NDArray enlarged(NDArray maps, DataShape to) {
    Shape shape = maps.getShape();
    long count = shape.get(0);
    long channels = shape.get(1);
    long height = shape.get(2);
    long width = shape.get(3);
    NDArray twice =
        maps.reshape(count, channels, height, 1, width, 1)
            .broadcast(count, channels, height, 2, width, 2)
            .reshape(count, channels, 2 * height, 2 * width);
    return 2 * height == to.height() && 2 * width == to.width()
        ? twice
        : twice.get(
            new NDIndex().addAllDim(2).addSliceDim(0, to.height()).addSliceDim(0, to.width()));
  }
}
