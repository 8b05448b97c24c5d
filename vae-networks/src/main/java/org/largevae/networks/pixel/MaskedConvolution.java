package org.largevae.networks.pixel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution with stride 1 that keeps a picture's size and sees each pixel's neighbours of a
 * window alone, the masked ones among them left out. Outside the picture there are zeros.
 *
 * <p>The rows of a kernel that a mask covers altogether are not computed: a masked 3 x 3 kernel is
 * one of 2 x 3 with one row of zeros above the picture, the same function for a third less work.
 */
final class MaskedConvolution {
  private final Parameter weight;
  private final Window window;

  /** Of each entry of the window and each input channel, shape (I, rows, columns). */
  private final boolean[][][] seen;

  /**
   * A convolution.
   *
   * @param weight shape (O, I, at least the window's rows, the window's columns); what is outside
   *     the window or not seen is never read
   * @param window what it sees
   * @param seen which entries of the window are not masked, shape (I, rows, columns)
   */
  MaskedConvolution(Parameter weight, Window window, boolean[][][] seen) {
    this.weight = weight;
    this.window = window;
    this.seen = seen;
  }

  /** What it sees. */
  Window window() {
    return window;
  }

  /**
   * The weights that are not masked, zeros for the others.
   *
   * @return shape (O, I, rows, columns)
   */
  NDArray kernel(PixelWeights weights) {
    NDArray whole = weights.of(weight);
    NDArray rows =
        whole.getShape().get(2) == window.rows()
            ? whole
            : whole.get(new NDIndex(":, :, 0:" + window.rows()));
    return isWhole() ? rows : rows.mul(mask(rows));
  }

  private boolean isWhole() {
    for (boolean[][] channel : seen) {
      for (boolean[] row : channel) {
        for (boolean entry : row) {
          if (!entry) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private NDArray mask(NDArray like) {
    float[] mask = new float[seen.length * window.rows() * window.columns()];
    int place = 0;
    for (boolean[][] channel : seen) {
      for (boolean[] row : channel) {
        for (boolean entry : row) {
          mask[place++] = entry ? 1 : 0;
        }
      }
    }
    Shape shape = new Shape(1, seen.length, window.rows(), window.columns());
    DataType type = like.getDataType();
    // the sum is memory of the engine's, which backward may read at any later time
    return like.getManager()
        .zeros(shape, type)
        .add(like.getManager().create(mask, shape).toType(type, false));
  }

  /**
   * Applies it to whole pictures.
   *
   * @param x shape (n, I, H, W)
   * @param kernel what {@link #kernel} gave, perhaps scaled
   * @param bias shape (O), or null for none
   * @return shape (n, O, H, W)
   */
  NDArray apply(NDArray x, NDArray kernel, NDArray bias) {
    NDArray y =
        x.getNDArrayInternal()
            .convolution(
                x,
                kernel,
                bias,
                new Shape(1, 1),
                new Shape(window.top(), window.left()),
                new Shape(1, 1),
                1)
            .singletonOrThrow();
    long height = x.getShape().get(2);
    long width = x.getShape().get(3);
    // padded on all sides alike, so that there is too much below or to the right
    return y.getShape().get(2) == height && y.getShape().get(3) == width
        ? y
        : y.get(new NDIndex(":, :, 0:" + height + ", 0:" + width));
  }

  /**
   * The kernel as a matrix, for single pixels of which some channels are given.
   *
   * @param kernel what {@link #kernel} gave, perhaps scaled
   * @param channels the first channels, at least one
   * @return shape (O, neighbours x channels); see {@link #neighbours}
   */
  NDArray matrix(NDArray kernel, int channels) {
    NDList parts = new NDList();
    for (int a = 0; a < window.rows(); a++) {
      for (int b = 0; b < window.columns(); b++) {
        if (seen[0][a][b]) {
          parts.add(kernel.get(new NDIndex(":, 0:" + channels + ", " + a + ", " + b)));
        }
      }
    }
    return concat(parts, 1);
  }

  /**
   * What the convolution sees from a pixel, side by side in the order of {@link #matrix}.
   *
   * @param columns the pixels' channels
   * @param row i
   * @param column j
   * @return shape (n, neighbours x channels)
   */
  NDArray neighbours(PixelColumns columns, int row, int column) {
    List<NDArray> parts = new ArrayList<>();
    for (int a = 0; a < window.rows(); a++) {
      for (int b = 0; b < window.columns(); b++) {
        if (seen[0][a][b]) {
          parts.add(columns.at(row - window.top() + a, column - window.left() + b));
        }
      }
    }
    return concat(new NDList(parts), 1);
  }

  static NDArray concat(NDList parts, int axis) {
    return parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, axis);
  }
}
