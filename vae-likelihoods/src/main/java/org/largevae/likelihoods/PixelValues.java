package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import org.largevae.api.tensor.Tensors;

/**
 * The 256 values of {@link org.largevae.api.data.ValueKinds#GREY_LEVEL}, each the centre of a bin
 * of [0, 1].
 */
final class PixelValues {
  /** How wide a bin is. */
  static final double WIDTH = 1.0 / 256;

  /** The value of pixel 0. */
  static final double LOWEST = WIDTH / 2;

  /** The value of pixel 255. */
  static final double HIGHEST = 1 - WIDTH / 2;

  private PixelValues() {}

  /**
   * The centre of the bin that each number lies in. Not differentiable.
   *
   * @param x any shape, from 0 to below 1
   * @return the shape of x
   */
  static NDArray centre(NDArray x) {
    return centreOf(Tensors.multiply(x, 256).floor());
  }

  /**
   * The pixel value nearest to each number. Not differentiable.
   *
   * @param x any shape, may be infinite
   * @return the shape of x
   */
  static NDArray nearest(NDArray x) {
    return centreOf(Tensors.clamp(Tensors.multiply(x, 256).floor(), 0, 255));
  }

  private static NDArray centreOf(NDArray pixel) {
    return Tensors.multiply(pixel.add(0.5), WIDTH);
  }
}
