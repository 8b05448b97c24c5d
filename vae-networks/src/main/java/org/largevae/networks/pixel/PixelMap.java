package org.largevae.networks.pixel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.Optional;
import org.largevae.api.component.ParameterBlock;

/** A linear map of the channels of each pixel by itself, a 1 x 1 convolution. */
final class PixelMap {
  private final Parameter weight;
  private final Optional<Parameter> bias;

  /**
   * A map; its parameters have no values yet.
   *
   * @param block gets the parameters
   * @param prefix of their names
   * @param inputs how many channels it is given
   * @param outputs how many it gives
   * @param biased whether it has a bias
   */
  PixelMap(ParameterBlock block, String prefix, int inputs, int outputs, boolean biased) {
    this.weight = block.add(prefix + "_weight", new Shape(outputs, inputs), Starts.uniform(inputs));
    this.bias =
        biased
            ? Optional.of(block.add(prefix + "_bias", new Shape(outputs), Initializer.ZEROS))
            : Optional.empty();
  }

  /** Shape (n, inputs, H, W) gives (n, outputs, H, W). */
  NDArray apply(NDArray x, PixelWeights weights) {
    NDArray matrix = matrix(weights);
    NDArray kernel = matrix.reshape(matrix.getShape().add(1).add(1));
    Shape one = new Shape(1, 1);
    return x.getNDArrayInternal()
        .convolution(x, kernel, bias(weights).orElse(null), one, new Shape(0, 0), one, 1)
        .singletonOrThrow();
  }

  /** Shape (outputs, inputs). */
  NDArray matrix(PixelWeights weights) {
    return weights.of(weight);
  }

  /** Shape (outputs). */
  Optional<NDArray> bias(PixelWeights weights) {
    return bias.map(weights::of);
  }

  /**
   * The map of single pixels.
   *
   * @param x shape (n, inputs)
   * @param matrix shape (outputs, inputs)
   * @param bias shape (outputs), or null for none
   * @return shape (n, outputs)
   */
  static NDArray linear(NDArray x, NDArray matrix, NDArray bias) {
    return x.getNDArrayInternal().linear(x, matrix, bias).singletonOrThrow();
  }
}
