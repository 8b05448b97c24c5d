package org.largevae.networks.pixel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.Arrays;
import org.largevae.api.component.ParameterBlock;

/** One layer of both stacks of a {@link GatedPixelCnnDecoder}. */
final class GatedPixelLayer {
  private final boolean first;
  private final MaskedConvolution vertical;
  private final Parameter verticalBias;
  private final MaskedConvolution horizontal;
  private final PixelMap across;
  private final PixelMap verticalMaps;
  private final PixelMap horizontalMaps;
  private final PixelMap residual;
  private final PixelMap skip;

  /**
   * A layer; its parameters have no values yet.
   *
   * @param settings sizes of the network
   * @param sizes of the pictures
   * @param block gets the parameters
   * @param number of the layer, from 1
   */
  GatedPixelLayer(
      GatedPixelCnnSettings settings, PixelSizes sizes, ParameterBlock block, int number) {
    this.first = number == 1;
    int inputs = first ? sizes.channels() : settings.channels();
    int outputs = 2 * settings.channels();
    int side = settings.kernelSize() / 2;
    String name = "layer" + number;
    // the first layer leaves out the pixel's own row, and its own column; the later ones see what
    // the first has found for these
    Window rows = new Window(side + 1, settings.kernelSize(), first ? side + 1 : side, side);
    Window columns = new Window(1, first ? side : side + 1, 0, side);
    this.vertical = convolution(block, name + "_vertical_weight", inputs, outputs, rows);
    this.verticalBias = block.add(name + "_vertical_bias", new Shape(outputs), Initializer.ZEROS);
    this.horizontal = convolution(block, name + "_horizontal_weight", inputs, outputs, columns);
    this.across = new PixelMap(block, name + "_across", outputs, outputs, true);
    this.verticalMaps = new PixelMap(block, name + "_vertical_maps", sizes.maps(), outputs, false);
    this.horizontalMaps =
        new PixelMap(block, name + "_horizontal_maps", sizes.maps(), outputs, false);
    this.residual =
        new PixelMap(block, name + "_residual", settings.channels(), settings.channels(), true);
    this.skip = new PixelMap(block, name + "_skip", settings.channels(), settings.channels(), true);
  }

  private static MaskedConvolution convolution(
      ParameterBlock block, String name, int inputs, int outputs, Window window) {
    Shape shape = new Shape(outputs, inputs, window.rows(), window.columns());
    long seen = (long) inputs * window.rows() * window.columns();
    boolean[][][] all = new boolean[inputs][window.rows()][window.columns()];
    for (boolean[][] channel : all) {
      for (boolean[] row : channel) {
        Arrays.fill(row, true);
      }
    }
    return new MaskedConvolution(block.add(name, shape, Starts.uniform(seen)), window, all);
  }

  boolean isFirst() {
    return first;
  }

  /** a, shape (n, 2F, H, W), of the vertical stack's layer before. */
  NDArray above(NDArray before, PixelWeights weights) {
    return vertical.apply(before, vertical.kernel(weights), weights.of(verticalBias));
  }

  /** v, shape (n, F, H, W). */
  NDArray vertical(NDArray above, NDArray maps, PixelWeights weights) {
    return GatedPixelCnnNetwork.gated(above.add(verticalMaps.apply(maps, weights)), 1);
  }

  /** g, shape (n, F, H, W), of the horizontal stack's layer before. */
  NDArray beside(NDArray before, NDArray above, NDArray maps, PixelWeights weights) {
    NDArray sum =
        horizontal
            .apply(before, horizontal.kernel(weights), null)
            .add(across.apply(above, weights))
            .add(horizontalMaps.apply(maps, weights));
    return GatedPixelCnnNetwork.gated(sum, 1);
  }

  MaskedConvolution verticalConvolution() {
    return vertical;
  }

  Parameter verticalBias() {
    return verticalBias;
  }

  MaskedConvolution horizontalConvolution() {
    return horizontal;
  }

  PixelMap across() {
    return across;
  }

  PixelMap verticalMaps() {
    return verticalMaps;
  }

  PixelMap horizontalMaps() {
    return horizontalMaps;
  }

  PixelMap residual() {
    return residual;
  }

  PixelMap skip() {
    return skip;
  }
}
