package org.largevae.networks.pixel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;

/**
 * What a layer of a network gives for pixels that have been drawn, while later layers may ask for
 * it: an array of shape (n, channels) for each pixel, zeros outside the picture.
 */
final class PixelColumns implements AutoCloseable {
  private final NDArray outside;
  private final NDArray[][] pixels;

  /**
   * None yet.
   *
   * @param outside zeros, shape (n, channels)
   * @param height of the picture
   * @param width of the picture
   */
  PixelColumns(NDArray outside, int height, int width) {
    this.outside = outside;
    this.pixels = new NDArray[height][width];
  }

  /** The channels of a pixel, shape (n, channels). */
  NDArray at(int row, int column) {
    if (row < 0 || column < 0 || row >= pixels.length || column >= pixels[0].length) {
      return outside;
    }
    if (pixels[row][column] == null) {
      throw new IllegalStateException("pixel (" + row + ", " + column + ") is not drawn yet");
    }
    return pixels[row][column];
  }

  /** Keeps the channels of a pixel beyond the current scope. */
  void put(int row, int column, NDArray channels) {
    NDScope.unregister(channels);
    pixels[row][column] = channels;
  }

  /** Closes a row that is not needed any more; nothing where there is none. */
  void forget(int row) {
    if (row < 0) {
      return;
    }
    for (int column = 0; column < pixels[row].length; column++) {
      if (pixels[row][column] != null) {
        pixels[row][column].close();
        pixels[row][column] = null;
      }
    }
  }

  @Override
  public void close() {
    for (int row = 0; row < pixels.length; row++) {
      forget(row);
    }
  }
}
