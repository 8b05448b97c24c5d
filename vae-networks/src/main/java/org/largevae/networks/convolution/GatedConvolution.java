package org.largevae.networks.convolution;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.largevae.api.tensor.Tensors;

/**
 * The gated convolution {@code (W_h * x + b_h) sigmoid(W_g * x + b_g)} (Dauphin et al. 2016,
 * arXiv:1612.08083; Tomczak and Welling 2018). Both are one convolution: the parameters are {@code
 * weight} of shape (2 O, channels, kernel, kernel) and {@code bias} of shape (2 O), with h above g.
 *
 * <p>Input shape (B, channels, H, W), output shape (B, O, H', W'), where a side of n pixels becomes
 * one of {@code floor((n + 2 padding - kernel) / stride) + 1}.
 */
public final class GatedConvolution extends AbstractBlock {
  private final ConvolutionMap convolution;
  private final long outputs;

  /**
   * A layer; its parameters have no values yet.
   *
   * @param channels of the input, at least 1
   * @param outputs O, the channels of the output, at least 1
   * @param kernel the kernel's side in pixels, at least 1
   * @param stride how many pixels lie between two places of the kernel, at least 1
   * @param padding how many zeros are put at each side of the input, at least 0
   * @throws IllegalArgumentException if a size is out of bounds
   */
  public GatedConvolution(long channels, long outputs, int kernel, int stride, int padding) {
    this.convolution = new ConvolutionMap(channels, 2 * outputs, kernel, stride, padding);
    this.outputs = outputs;
    convolution.parameters().forEach(this::addParameter);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList parts = convolution.apply(store, inputs.singletonOrThrow(), training).split(2, 1);
    return new NDList(parts.get(0).mul(Tensors.sigmoid(parts.get(1))));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape both = convolution.outputShape(inputShapes[0]);
    return new Shape[] {new Shape(both.get(0), outputs, both.get(2), both.get(3))};
  }
}
