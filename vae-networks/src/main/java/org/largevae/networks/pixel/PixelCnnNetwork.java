package org.largevae.networks.pixel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.largevae.api.component.ParameterBlock;
import org.largevae.networks.BatchNormalization;

/**
 * Masked convolutions one after the other, each normalised or with a bias and followed by a ReLU,
 * then a linear map of each pixel's channels. The first convolution sees the pictures' channels at
 * earlier pixels alone (mask A), the others see the pixel itself too (mask B).
 */
final class PixelCnnNetwork implements PixelNetwork {
  private final PixelSizes sizes;
  private final int channels;
  private final int reach;
  private final List<NormalizedConvolution> layers = new ArrayList<>();
  private final PixelMap heads;

  /** A convolution with what follows it. */
  private record NormalizedConvolution(
      MaskedConvolution convolution,
      Optional<BatchNormalization> normalization,
      Optional<Parameter> bias) {

    NDArray apply(NDArray x, PixelWeights weights) {
      NDArray kernel = convolution.kernel(weights);
      NDArray y =
          normalization.isPresent() && weights.isTraining()
              ? normalization
                  .get()
                  .learn(convolution.apply(x, kernel, null), weights.pass(), weights::of)
              : convolution.apply(x, folded(kernel, weights), offset(weights));
      return y.getNDArrayInternal().relu();
    }

    /** The kernel, multiplied by what the running statistics make of its outputs. */
    NDArray folded(NDArray kernel, PixelWeights weights) {
      return normalization
          .map(batch -> kernel.mul(batch.factor(weights::of).reshape(-1, 1, 1, 1)))
          .orElse(kernel);
    }

    NDArray offset(PixelWeights weights) {
      return normalization
          .map(batch -> batch.offset(weights::of))
          .orElseGet(() -> weights.of(bias.orElseThrow()));
    }
  }

  /**
   * A network; its parameters have no values yet.
   *
   * @param settings its sizes
   * @param sizes of the pictures
   * @param block gets the parameters
   */
  PixelCnnNetwork(PixelCnnSettings settings, PixelSizes sizes, ParameterBlock block) {
    this.sizes = sizes;
    this.channels = settings.channels();
    this.reach = settings.kernelSize() / 2;
    boolean open = settings.latentMaps() == LatentMaps.OPEN;
    int inputs = sizes.channels() + sizes.maps();
    for (int layer = 1; layer <= settings.layers(); layer++) {
      // open maps are seen below the pixel too
      int rows = layer == 1 && open ? settings.kernelSize() : reach + 1;
      Window window = new Window(rows, settings.kernelSize(), reach, reach);
      boolean[][][] seen = new boolean[inputs][][];
      for (int channel = 0; channel < inputs; channel++) {
        boolean isOpen = layer == 1 && open && channel >= sizes.channels();
        seen[channel] = seen(window, layer > 1, isOpen);
      }
      layers.add(layer(settings, block, "convolution" + layer, inputs, window, seen));
      inputs = channels;
    }
    this.heads = new PixelMap(block, "heads", channels, sizes.outputs(), settings.headBias());
  }

  private static boolean[][] seen(Window window, boolean centre, boolean open) {
    boolean[][] seen = new boolean[window.rows()][window.columns()];
    for (int a = 0; a < window.rows(); a++) {
      for (int b = 0; b < window.columns(); b++) {
        seen[a][b] = open || window.isEarlier(a, b) || (centre && window.isCentre(a, b));
      }
    }
    return seen;
  }

  private static NormalizedConvolution layer(
      PixelCnnSettings settings,
      ParameterBlock block,
      String name,
      int inputs,
      Window window,
      boolean[][][] seen) {
    int size = settings.kernelSize();
    boolean normalized = settings.normalization() == PixelNormalization.BATCH;
    int count = settings.channels();
    Shape shape = new Shape(count, inputs, size, size);
    Initializer start =
        normalized ? Starts.uniform((long) inputs * size * size) : Starts.rectified(count(seen));
    return new NormalizedConvolution(
        new MaskedConvolution(block.add(name + "_weight", shape, start), window, seen),
        normalized
            ? Optional.of(new BatchNormalization(block, name + "_normalization_", count))
            : Optional.empty(),
        normalized
            ? Optional.empty()
            : Optional.of(block.add(name + "_bias", new Shape(count), Initializer.ZEROS)));
  }

  private static int count(boolean[][][] seen) {
    int count = 0;
    for (boolean[][] channel : seen) {
      for (boolean[] row : channel) {
        for (boolean entry : row) {
          count += entry ? 1 : 0;
        }
      }
    }
    return count;
  }

  @Override
  public NDArray outputs(NDArray x, NDArray maps, PixelWeights weights) {
    NDArray features = x.concat(maps, 1);
    for (NormalizedConvolution layer : layers) {
      features = layer.apply(features, weights);
    }
    return heads.apply(features, weights);
  }

  @Override
  public long numbersPerPicture() {
    return (long) channels * sizes.height() * sizes.width();
  }

  @Override
  public PixelSequence sequence(NDArray maps, PixelWeights weights) {
    return new PixelCnnSequence(maps, weights);
  }

  /** One column of features after the other. */
  private final class PixelCnnSequence implements PixelSequence {
    /** What comes of the maps in the first layer, of each row: shape (W, n, channels). */
    private final NDList fromMaps;

    private final List<NDArray> matrices = new ArrayList<>();
    private final List<NDArray> offsets = new ArrayList<>();
    private final NDArray headMatrix;
    private final Optional<NDArray> headBias;

    /** The pictures' columns, then those of each layer but the last. */
    private final List<PixelColumns> columns = new ArrayList<>();

    PixelCnnSequence(NDArray maps, PixelWeights weights) {
      long n = maps.getShape().get(0);
      int inputs = sizes.channels();
      for (NormalizedConvolution layer : layers) {
        NDArray kernel = layer.folded(layer.convolution().kernel(weights), weights);
        matrices.add(layer.convolution().matrix(kernel, inputs));
        offsets.add(layer.offset(weights));
        NDArray outside = maps.getManager().zeros(new Shape(n, inputs), maps.getDataType());
        columns.add(new PixelColumns(outside, sizes.height(), sizes.width()));
        inputs = channels;
      }
      this.fromMaps = fromMaps(maps, weights);
      this.headMatrix = heads.matrix(weights);
      this.headBias = heads.bias(weights);
    }

    private NDList fromMaps(NDArray maps, PixelWeights weights) {
      NormalizedConvolution first = layers.get(0);
      NDArray kernel = first.folded(first.convolution().kernel(weights), weights);
      Shape shape = maps.getShape();
      NDArray none =
          maps.getManager()
              .zeros(
                  new Shape(shape.get(0), sizes.channels(), shape.get(2), shape.get(3)),
                  maps.getDataType());
      NDArray features = first.convolution().apply(none.concat(maps, 1), kernel, offsets.get(0));
      return features.transpose(2, 3, 0, 1).split(sizes.height(), 0);
    }

    @Override
    public void beginRow(int row) {
      columns.forEach(layer -> layer.forget(row - reach - 1));
    }

    @Override
    public NDArray outputs(int row, int column) {
      NDArray features = null;
      for (int layer = 0; layer < matrices.size(); layer++) {
        if (layer > 0) {
          columns.get(layer).put(row, column, features);
        }
        NDArray neighbours =
            layers.get(layer).convolution().neighbours(columns.get(layer), row, column);
        NDArray offset = layer == 0 ? null : offsets.get(layer);
        NDArray sum = PixelMap.linear(neighbours, matrices.get(layer), offset);
        NDArray whole = layer == 0 ? sum.add(fromMaps.get(row).get(0, column)) : sum;
        features = whole.getNDArrayInternal().relu();
      }
      return PixelMap.linear(features, headMatrix, headBias.orElse(null));
    }

    @Override
    public void put(int row, int column, NDArray pixel) {
      columns.get(0).put(row, column, pixel);
    }

    @Override
    public void close() {
      columns.forEach(PixelColumns::close);
    }
  }
}
