package org.largevae.networks.convolution;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.largevae.networks.LinearMap;

/**
 * One linear map to all parameters of a distribution, side by side. Input shape (..., inputs),
 * output shape (..., outputs).
 */
final class LinearHeads extends AbstractBlock {
  private final LinearMap linear;
  private final long outputs;

  /**
   * A layer; its parameters have no values yet.
   *
   * @param inputs the size of an input, at least 1
   * @param outputs the size of an output, at least 1
   */
  LinearHeads(long inputs, long outputs) {
    this.linear = new LinearMap("", inputs, outputs);
    this.outputs = outputs;
    linear.parameters().forEach(this::addParameter);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(linear.apply(store, inputs.singletonOrThrow(), training));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape input = inputShapes[0];
    return new Shape[] {input.slice(0, input.dimension() - 1).add(outputs)};
  }
}
