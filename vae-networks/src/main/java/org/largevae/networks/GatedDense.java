package org.largevae.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.largevae.api.tensor.Tensors;

/**
 * The gated dense layer {@code (W_h x + b_h) * sigmoid(W_g x + b_g)} (Dauphin et al. 2016,
 * arXiv:1612.08083). Both maps are one matrix product: the parameters are {@code weight} of shape
 * (2H, inputs) and {@code bias} of shape (2H), with h above g.
 *
 * <p>Input shape (..., inputs), output shape (..., H).
 */
public final class GatedDense extends AbstractBlock {
  private final LinearMap linear;
  private final long units;

  /**
   * A layer; its parameters have no values yet.
   *
   * @param inputs the size of an input, at least 1
   * @param units H, the size of an output, at least 1
   * @throws IllegalArgumentException if a size is below 1
   */
  public GatedDense(long inputs, long units) {
    this.units = units;
    this.linear = new LinearMap("", inputs, 2 * units);
    linear.parameters().forEach(this::addParameter);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray both = linear.apply(store, inputs.singletonOrThrow(), training);
    NDList parts = LinearMap.parts(both, 2);
    return new NDList(parts.get(0).mul(Tensors.sigmoid(parts.get(1))));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape input = inputShapes[0];
    return new Shape[] {input.slice(0, input.dimension() - 1).add(units)};
  }
}
