package org.largevae.networks;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * One linear map to all parameters of a distribution, side by side. Input shape (..., inputs),
 * output shape (..., outputs).
 */
public class LinearHeads extends AbstractBlock {
  private final LinearMap linear;
  private final long outputs;

  /**
   * A layer; its parameters have no values yet.
   *
   * @param inputs the size of an input, at least 1
   * @param outputs the size of an output, at least 1
   */
  public LinearHeads(long inputs, long outputs) {
    this(inputs, outputs, 1);
  }

  /**
   * A layer that starts smaller or larger; its parameters have no values yet.
   *
   * @param inputs the size of an input, at least 1
   * @param outputs the size of an output, at least 1
   * @param scale of the start of weights and biases
   */
  public LinearHeads(long inputs, long outputs, double scale) {
    this.linear = new LinearMap("", inputs, outputs, scale);
    this.outputs = outputs;
    linear.parameters().forEach(this::addParameter);
  }

  @Override
  protected final NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(linear.apply(store, inputs.singletonOrThrow(), training));
  }

  @Override
  public final Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape input = inputShapes[0];
    return new Shape[] {input.slice(0, input.dimension() - 1).add(outputs)};
  }
}
