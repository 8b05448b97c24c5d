package org.largevae.networks.convolution;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * The convolution {@code W * x + b} with the parameters {@code weight} and {@code bias}. The
 * picture is padded so that with stride 1 it keeps its size, with stride s each side becomes {@code
 * ceil(n / s)}.
 */
final class PlainConvolution extends AbstractBlock {
  private final ConvolutionMap convolution;

  /**
   * A layer; its parameters have no values yet.
   *
   * @param channels of the input, at least 1
   * @param outputs the channels of the output, at least 1
   * @param kernel the kernel's side in pixels, odd
   * @param stride how many pixels lie between two places of the kernel, at least 1
   * @throws IllegalArgumentException if a size is out of bounds
   */
  PlainConvolution(long channels, long outputs, int kernel, int stride) {
    this.convolution = new ConvolutionMap(channels, outputs, kernel, stride, kernel / 2);
    convolution.parameters().forEach(this::addParameter);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(convolution.apply(store, inputs.singletonOrThrow(), training));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {convolution.outputShape(inputShapes[0])};
  }
}
