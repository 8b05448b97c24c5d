package org.largevae.networks.pixel;

import ai.djl.ndarray.NDArray;

/** The network of an autoregressive decoder: what it gives for a pixel depends on earlier ones. */
interface PixelNetwork {

  /**
   * The outputs for all pixels of whole pictures at once.
   *
   * @param x pictures, shape (n, C, H, W)
   * @param maps of the latents, shape (n, K, H, W)
   * @param weights the parameters' values
   * @return shape (n, outputs, H, W)
   */
  NDArray outputs(NDArray x, NDArray maps, PixelWeights weights);

  /**
   * The outputs pixel by pixel, in raster order, each layer's work for a pixel done once.
   *
   * @param maps of the latents, shape (n, K, H, W), without gradient
   * @param weights the parameters' values; those of a pass of inference are taken
   * @return the outputs
   */
  PixelSequence sequence(NDArray maps, PixelWeights weights);

  /** How many numbers a layer holds of a picture, to choose how many pictures fit in memory. */
  long numbersPerPicture();
}
