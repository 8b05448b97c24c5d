package org.largevae.priors.reweighted;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.UnaryOperator;
import org.largevae.api.tensor.Tensors;

/**
 * A network with one output, {@code f(z) = w_L tanh(... tanh(W_1 z + b_1) ...) + b_L}, with the
 * parameters of one pass.
 *
 * @param weights of the layers, first to last, each (outputs, inputs)
 * @param biases of the layers, each (outputs)
 */
record ScalarFunction(List<NDArray> weights, List<NDArray> biases) {

  /**
   * Its value.
   *
   * @param z shape (..., M)
   * @return shape (...), float64 if z or the parameters are
   */
  NDArray of(NDArray z) {
    NDArray values = z;
    for (int layer = 0; layer < weights.size(); layer++) {
      NDArray input = layer == 0 ? values : values.tanh();
      values = linear(input, weights.get(layer), biases.get(layer));
    }
    return values.squeeze(values.getShape().dimension() - 1);
  }

  private static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return x.getDataType() == weight.getDataType()
        ? x.getNDArrayInternal().linear(x, weight, bias).singletonOrThrow()
        : linear(Tensors.toFloat64(x), Tensors.toFloat64(weight), Tensors.toFloat64(bias));
  }

  /** The same network with other arrays for its parameters. */
  ScalarFunction map(UnaryOperator<NDArray> change) {
    return new ScalarFunction(
        weights.stream().map(change).toList(), biases.stream().map(change).toList());
  }

  /** The same, but no gradient reaches its parameters. */
  ScalarFunction detached() {
    return map(NDArray::stopGradient);
  }
}
