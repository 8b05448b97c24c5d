package org.largevae.networks.convolution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.UniformInitializer;
import java.util.List;
import java.util.Locale;
import org.largevae.api.tensor.ShapeException;

/**
 * {@code y = W * x + b}, a convolution with a square kernel and zeros around the picture, for
 * blocks to use and to list the parameters of. A side of n pixels becomes one of {@code floor((n +
 * 2 padding - kernel) / stride) + 1}.
 *
 * <p>Weights and biases start uniform within {@code +-1/sqrt(channels kernel^2)}, as PyTorch's do.
 */
final class ConvolutionMap {
  private static final Shape NO_DILATION = new Shape(1, 1);

  private final long channels;
  private final long outputs;
  private final int kernel;
  private final int stride;
  private final int padding;
  private final Parameter weight;
  private final Parameter bias;

  /**
   * A map; its parameters have no values yet.
   *
   * @param channels of x, at least 1
   * @param outputs the channels of y, at least 1
   * @param kernel the kernel's side in pixels, at least 1
   * @param stride how many pixels lie between two places of the kernel, at least 1
   * @param padding how many zeros are put at each side, at least 0
   * @throws IllegalArgumentException if a size is out of bounds
   */
  ConvolutionMap(long channels, long outputs, int kernel, int stride, int padding) {
    if (channels < 1 || outputs < 1 || kernel < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a convolution from %d to %d channels, kernel %d, stride %d, padding %d: all must be"
                  + " at least 1, the padding at least 0",
              channels,
              outputs,
              kernel,
              stride,
              padding));
    }
    this.channels = channels;
    this.outputs = outputs;
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
    float bound = (float) (1 / Math.sqrt((double) channels * kernel * kernel));
    this.weight =
        Parameter.builder()
            .setName("weight")
            .setType(Parameter.Type.WEIGHT)
            .optShape(new Shape(outputs, channels, kernel, kernel))
            .optInitializer(new UniformInitializer(bound))
            .build();
    this.bias =
        Parameter.builder()
            .setName("bias")
            .setType(Parameter.Type.BIAS)
            .optShape(new Shape(outputs))
            .optInitializer(new UniformInitializer(bound))
            .build();
  }

  /**
   * The parameters that a block has to list.
   *
   * @return weight (outputs, channels, kernel, kernel) and bias (outputs)
   */
  List<Parameter> parameters() {
    return List.of(weight, bias);
  }

  /**
   * Applies the map.
   *
   * @param store the parameters' values
   * @param x shape (B, channels, H, W)
   * @param training whether parameters are being trained
   * @return shape (B, outputs, H', W')
   * @throws ShapeException if x is of another shape, or smaller than the kernel
   */
  NDArray apply(ParameterStore store, NDArray x, boolean training) {
    Shape out = outputShape(x.getShape());
    NDArray weights = store.getValue(weight, x.getDevice(), training);
    NDArray biases = store.getValue(bias, x.getDevice(), training);
    if (channels == 1 && kernel > 1 && stride == 1) {
      // The engine's gradient by a picture of one channel is slow: 7 x 7 kernels took 64 ms a step,
      // in this form 33. Without that gradient, as in training without pseudo-inputs, 17 and 21 ms.
      NDArray flat = weights.reshape(outputs, kernel, 1, kernel);
      return convolve(rowsAsChannels(x, out.get(2)), flat, biases, new Shape(0, padding));
    }
    return convolve(x, weights, biases, new Shape(padding, padding));
  }

  /** The rows that a kernel sees at once, one channel for each of them: (B, kernel, H', W). */
  private NDArray rowsAsChannels(NDArray x, long height) {
    NDArray padded = x;
    if (padding > 0) {
      Shape shape = x.getShape();
      Shape border = new Shape(shape.get(0), 1, padding, shape.get(3));
      NDArray zeros = x.getManager().zeros(border, x.getDataType());
      padded = NDArrays.concat(new NDList(zeros, x, zeros), 2);
    }
    NDList rows = new NDList();
    for (int row = 0; row < kernel; row++) {
      rows.add(padded.get(new NDIndex().addAllDim(2).addSliceDim(row, row + height)));
    }
    return NDArrays.concat(rows, 1);
  }

  private NDArray convolve(NDArray x, NDArray weights, NDArray biases, Shape around) {
    return x.getNDArrayInternal()
        .convolution(x, weights, biases, new Shape(stride, stride), around, NO_DILATION, 1)
        .singletonOrThrow();
  }

  /**
   * The shape of y.
   *
   * @param input the shape of x, (B, channels, H, W)
   * @return (B, outputs, H', W')
   * @throws ShapeException if it does not fit
   */
  Shape outputShape(Shape input) {
    boolean fits =
        input.dimension() == 4
            && input.get(1) == channels
            && Math.min(input.get(2), input.get(3)) + 2L * padding >= kernel;
    if (!fits) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "input of shape %s does not fit: the convolution takes (B, %d, H, W), H and W at"
                  + " least %d",
              input,
              channels,
              Math.max(1, kernel - 2 * padding)));
    }
    return new Shape(input.get(0), outputs, side(input.get(2)), side(input.get(3)));
  }

  private long side(long pixels) {
    return (pixels + 2L * padding - kernel) / stride + 1;
  }
}
