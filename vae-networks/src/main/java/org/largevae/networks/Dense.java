package org.largevae.networks;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * The dense layer {@code activation(W x + b)} with the parameters {@code weight} (H, inputs) and
 * {@code bias} (H). Input shape (..., inputs), output shape (..., H).
 */
final class Dense extends AbstractBlock {
  private final LinearMap linear;
  private final long units;
  private final Activation activation;

  /**
   * A layer; its parameters have no values yet.
   *
   * @param inputs the size of an input, at least 1
   * @param units H, the size of an output, at least 1
   * @param activation what follows the linear map
   * @throws IllegalArgumentException if a size is below 1
   */
  Dense(long inputs, long units, Activation activation) {
    this.linear = new LinearMap("", inputs, units);
    this.units = units;
    this.activation = activation;
    linear.parameters().forEach(this::addParameter);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(activation.of(linear.apply(store, inputs.singletonOrThrow(), training)));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape input = inputShapes[0];
    return new Shape[] {input.slice(0, input.dimension() - 1).add(units)};
  }
}
