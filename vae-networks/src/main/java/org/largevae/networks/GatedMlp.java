package org.largevae.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/**
 * Gated dense layers one after the other, then a linear map, the heads: several of them stand side
 * by side in its output, so that they cost one matrix product.
 *
 * <p>Input shape (..., inputs), output shape (..., outputs). The parameters are {@code
 * heads_weight}, {@code heads_bias} and for each layer {@code 01gated_weight}, {@code
 * 01gated_bias}, {@code 02gated_weight} and so on.
 */
final class GatedMlp extends AbstractBlock {
  private final List<Block> layers = new ArrayList<>();
  private final LinearMap heads;
  private final long outputs;

  /**
   * A network; its parameters have no values yet.
   *
   * @param inputs the size of an input
   * @param hidden the sizes of the gated layers, at least one
   * @param outputs the size of an output, all heads together
   * @throws IllegalArgumentException if a size is below 1
   */
  GatedMlp(int inputs, List<Integer> hidden, long outputs) {
    int width = inputs;
    for (int units : hidden) {
      layers.add(addChildBlock("gated", new GatedDense(width, units)));
      width = units;
    }
    this.heads = new LinearMap("heads_", width, outputs);
    this.outputs = outputs;
    heads.parameters().forEach(this::addParameter);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    Shape shape = input.getShape();
    int last = shape.dimension() - 1;
    // the engine sums the bias' gradient over one axis more exactly than over several
    NDList current = new NDList(last > 1 ? input.reshape(-1, shape.get(last)) : input);
    for (Block layer : layers) {
      current = layer.forward(store, current, training);
    }
    NDArray rows = heads.apply(store, current.singletonOrThrow(), training);
    return new NDList(last > 1 ? rows.reshape(shape.slice(0, last).add(outputs)) : rows);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    layers.forEach(layer -> layer.initialize(manager, type));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape input = inputShapes[0];
    return new Shape[] {input.slice(0, input.dimension() - 1).add(outputs)};
  }
}
