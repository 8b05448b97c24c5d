package org.largevae.networks.convolution;

import ai.djl.ndarray.NDArray;
import org.largevae.api.component.Pass;
import org.largevae.api.tensor.Tensors;
import org.largevae.networks.NetworkLayers;

/**
 * {@code x + conv(silu(norm(conv(silu(norm(x))))))} with 3 x 3 kernels, as many channels behind as
 * before (He et al. 2016, arXiv:1603.05027), and {@code silu(x) = x sigmoid(x)}.
 */
final class ResidualBlock {
  private final Normalizer firstNormalizer;
  private final PlainConvolution first;
  private final Normalizer secondNormalizer;
  private final PlainConvolution second;

  /**
   * A block; its parameters have no values yet.
   *
   * @param layers to which its layers are added
   * @param settings the normalisation
   * @param channels of x
   */
  ResidualBlock(NetworkLayers layers, ResidualConvolutionSettings settings, int channels) {
    this.firstNormalizer = settings.normalizer(layers, channels);
    this.first = layers.add("residual", new PlainConvolution(channels, channels, 3, 1));
    this.secondNormalizer = settings.normalizer(layers, channels);
    this.second = layers.add("residual", new PlainConvolution(channels, channels, 3, 1));
  }

  /**
   * Applies the block.
   *
   * @param x shape (N, channels, H, W)
   * @param pass the current pass
   * @param learns as in {@link Normalizer}
   * @return the shape of x
   */
  NDArray of(NDArray x, Pass pass, boolean learns) {
    NDArray inner = pass.forward(first, silu(firstNormalizer.of(x, pass, learns)));
    NDArray outer = silu(secondNormalizer.of(inner, pass, learns));
    return x.add(pass.forward(second, outer));
  }

  /**
   * The activation function {@code x sigmoid(x)}.
   *
   * @param x any shape
   * @return the shape of x
   */
  static NDArray silu(NDArray x) {
    return x.mul(Tensors.sigmoid(x));
  }
}
