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
 * Dense layers one after the other, then a linear map, the heads: several of them stand side by
 * side in its output, so that they cost one matrix product.
 *
 * <p>Input shape (..., inputs), output shape (..., outputs). The parameters are {@code
 * heads_weight}, {@code heads_bias} and for each layer, where it is called gated, {@code
 * 01gated_weight}, {@code 01gated_bias}, {@code 02gated_weight} and so on.
 */
final class DenseNetwork extends AbstractBlock {
  private final List<Block> layers = new ArrayList<>();
  private final LinearMap heads;
  private final long outputs;

  /** Makes a hidden layer from the size of its input and of its output. */
  @FunctionalInterface
  interface LayerMaker {
    Block make(long inputs, long units);
  }

  /**
   * A network; its parameters have no values yet.
   *
   * @param name of its layers, in the names of their parameters
   * @param maker makes the hidden layers
   * @param inputs the size of an input
   * @param hidden the sizes of the gated layers, at least one
   * @param outputs the size of an output, all heads together
   * @throws IllegalArgumentException if a size is below 1
   */
  DenseNetwork(String name, LayerMaker maker, int inputs, List<Integer> hidden, long outputs) {
    int width = inputs;
    for (int units : hidden) {
      layers.add(addChildBlock(name, maker.make(width, units)));
      width = units;
    }
    this.heads = new LinearMap("heads_", width, outputs);
    this.outputs = outputs;
    heads.parameters().forEach(this::addParameter);
  }

  /**
   * A network of gated layers.
   *
   * @param inputs the size of an input
   * @param hidden the sizes of the gated layers, at least one
   * @param outputs the size of an output, all heads together
   * @return the network
   */
  static DenseNetwork gated(int inputs, List<Integer> hidden, long outputs) {
    return new DenseNetwork("gated", GatedDense::new, inputs, hidden, outputs);
  }

  /**
   * A network of plain layers.
   *
   * @param activation what follows each layer's linear map
   * @param inputs the size of an input
   * @param hidden the sizes of the layers, at least one
   * @param outputs the size of an output, all heads together
   * @return the network
   */
  static DenseNetwork plain(Activation activation, int inputs, List<Integer> hidden, long outputs) {
    return new DenseNetwork(
        "dense", (in, units) -> new Dense(in, units, activation), inputs, hidden, outputs);
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
