package org.largevae.priors.reweighted;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;

/**
 * The parameters of a {@link ScalarFunction}. The last layer starts at 0, and the network with it,
 * whatever its input; the others start at normal numbers of variance 2 / (inputs + outputs) (Glorot
 * and Bengio 2010).
 */
final class ScalarNetwork {
  private final List<Parameter> weights = new ArrayList<>();
  private final List<Parameter> biases = new ArrayList<>();

  /**
   * A network; its parameters have no values yet.
   *
   * @param block gets the parameters {@code weight1}, {@code bias1}, {@code weight2} and so on
   * @param inputs M
   * @param hidden the sizes of the hidden layers, first to last; none for a linear function
   */
  ScalarNetwork(ParameterBlock block, int inputs, List<Integer> hidden) {
    int width = inputs;
    for (int layer = 0; layer <= hidden.size(); layer++) {
      boolean last = layer == hidden.size();
      int outputs = last ? 1 : hidden.get(layer);
      String number = String.valueOf(layer + 1);
      weights.add(
          block.add(
              "weight" + number,
              new Shape(outputs, width),
              last ? ScalarNetwork::zeros : ScalarNetwork::glorot));
      biases.add(block.add("bias" + number, new Shape(outputs), ScalarNetwork::zeros));
      width = outputs;
    }
  }

  /** The network with the parameters of a pass. */
  ScalarFunction at(Pass pass) {
    return new ScalarFunction(
        weights.stream().map(pass::value).toList(), biases.stream().map(pass::value).toList());
  }

  private static NDArray zeros(NDManager manager, Shape shape, DataType type) {
    return manager.zeros(shape, type);
  }

  private static NDArray glorot(NDManager manager, Shape shape, DataType type) {
    double deviation = Math.sqrt(2.0 / (shape.get(0) + shape.get(1)));
    return manager.randomNormal(0, (float) deviation, shape, type);
  }
}
