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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.largevae.api.tensor.ShapeException;

/**
 * Dense layers one after the other, then a linear map, the heads: several of them stand side by
 * side in its output, so that they cost one matrix product. Of several inputs each has a first
 * layer of its own, as in the encoder {@code q(z1|x,z2)} of Tomczak and Welling (2018): the outputs
 * of these, side by side, enter the second layer. What an input of fewer axes gives, such as
 * examples beside several draws of latents for each, is computed once and repeated.
 *
 * <p>Input shapes (..., inputs_i), output shape (..., outputs) with the leading axes of the input
 * that has most. The parameters are {@code heads_weight}, {@code heads_bias} and for each layer,
 * where it is called gated, {@code 01gated_weight}, {@code 01gated_bias}, {@code 02gated_weight}
 * and so on, the first layers in the order of the inputs.
 */
final class DenseNetwork extends AbstractBlock {
  private final List<Block> first = new ArrayList<>();
  private final List<Block> rest = new ArrayList<>();
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
   * @param inputs the sizes of the inputs
   * @param hidden the sizes of the layers, at least one
   * @param outputs the size of an output, all heads together
   * @throws IllegalArgumentException if a size is below 1
   */
  DenseNetwork(
      String name, LayerMaker maker, List<Integer> inputs, List<Integer> hidden, long outputs) {
    for (int size : inputs) {
      first.add(addChildBlock(name, maker.make(size, hidden.get(0))));
    }
    int width = Math.multiplyExact(inputs.size(), hidden.get(0));
    for (int units : hidden.subList(1, hidden.size())) {
      rest.add(addChildBlock(name, maker.make(width, units)));
      width = units;
    }
    this.heads = new LinearMap("heads_", width, outputs);
    this.outputs = outputs;
    heads.parameters().forEach(this::addParameter);
  }

  /**
   * A network of gated layers.
   *
   * @param inputs the sizes of the inputs
   * @param hidden the sizes of the gated layers, at least one
   * @param outputs the size of an output, all heads together
   * @return the network
   */
  static DenseNetwork gated(List<Integer> inputs, List<Integer> hidden, long outputs) {
    return new DenseNetwork("gated", GatedDense::new, inputs, hidden, outputs);
  }

  /**
   * A network of plain layers.
   *
   * @param activation what follows each layer's linear map
   * @param inputs the sizes of the inputs
   * @param hidden the sizes of the layers, at least one
   * @param outputs the size of an output, all heads together
   * @return the network
   */
  static DenseNetwork plain(
      Activation activation, List<Integer> inputs, List<Integer> hidden, long outputs) {
    return new DenseNetwork(
        "dense", (in, units) -> new Dense(in, units, activation), inputs, hidden, outputs);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    if (inputs.size() != first.size()) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%d inputs of shapes %s do not fit: the network takes %d",
              inputs.size(),
              Arrays.toString(inputs.getShapes()),
              first.size()));
    }
    List<NDArray> features = new ArrayList<>();
    for (int input = 0; input < first.size(); input++) {
      Block layer = first.get(input);
      features.add(
          rows(
              inputs.get(input),
              rows -> layer.forward(store, new NDList(rows), training).singletonOrThrow()));
    }
    NDArray joined = LinearMap.sideBySide(LinearMap.repeated(features));
    return new NDList(
        rows(
            joined,
            rows -> {
              NDList current = new NDList(rows);
              for (Block layer : rest) {
                current = layer.forward(store, current, training);
              }
              return heads.apply(store, current.singletonOrThrow(), training);
            }));
  }

  /** The engine sums the bias' gradient over one axis more exactly than over several. */
  private static NDArray rows(NDArray input, UnaryOperator<NDArray> work) {
    Shape shape = input.getShape();
    int last = shape.dimension() - 1;
    if (last <= 1) {
      return work.apply(input);
    }
    NDArray rows = work.apply(input.reshape(-1, shape.get(last)));
    return rows.reshape(shape.slice(0, last).add(rows.getShape().get(1)));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    first.forEach(layer -> layer.initialize(manager, type));
    rest.forEach(layer -> layer.initialize(manager, type));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape widest =
        Arrays.stream(inputShapes).max(Comparator.comparingInt(Shape::dimension)).orElseThrow();
    return new Shape[] {widest.slice(0, widest.dimension() - 1).add(outputs)};
  }
}
