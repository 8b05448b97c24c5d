package org.largevae.networks;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import org.largevae.api.tensor.Tensors;

/** What follows the linear map of a plain dense layer. */
public enum Activation {
  /** {@code max(0, x)}. */
  RELU(ai.djl.nn.Activation::relu),
  /** {@code tanh(x)}. */
  TANH(NDArray::tanh),
  /** {@code x sigmoid(x)}, also called swish. */
  SILU(x -> x.mul(Tensors.sigmoid(x)));

  private final UnaryOperator<NDArray> function;

  Activation(UnaryOperator<NDArray> function) {
    this.function = function;
  }

  /**
   * Applies it.
   *
   * @param x any shape
   * @return the shape of x
   */
  NDArray of(NDArray x) {
    return function.apply(x);
  }
}
