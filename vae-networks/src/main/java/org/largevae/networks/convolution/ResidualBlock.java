package org.largevae.networks.convolution;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.largevae.api.component.Pass;

/**
 * {@code x + conv(relu(norm(conv(relu(norm(x))))))} with 3 x 3 kernels, as many channels behind as
 * before (He et al. 2016, arXiv:1603.05027).
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
    NDArray inner = pass.forward(first, Activation.relu(firstNormalizer.of(x, pass, learns)));
    NDArray outer = Activation.relu(secondNormalizer.of(inner, pass, learns));
    return x.add(pass.forward(second, outer));
  }
}
