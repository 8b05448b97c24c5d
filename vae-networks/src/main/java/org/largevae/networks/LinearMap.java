package org.largevae.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.largevae.api.tensor.ShapeException;

/**
 * {@code y = W x + b}, for blocks to use and to list the parameters of. Several maps of one input
 * stand above each other in W, so that they cost one matrix product.
 *
 * <p>Weights start as N(0, 2 / inputs) (He et al. 2015, section 2.2), biases uniform within
 * +-1/sqrt(inputs).
 */
public final class LinearMap {
  private final long inputs;
  private final Parameter weight;
  private final Parameter bias;

  /**
   * A map; its parameters have no values yet.
   *
   * @param prefix of the parameters' names, may be empty
   * @param inputs the size of x, at least 1
   * @param outputs the size of y, at least 1
   * @throws IllegalArgumentException if a size is below 1
   */
  public LinearMap(String prefix, long inputs, long outputs) {
    this(prefix, inputs, outputs, 1);
  }

  /**
   * A map that starts smaller or larger; its parameters have no values yet.
   *
   * @param prefix of the parameters' names, may be empty
   * @param inputs the size of x, at least 1
   * @param outputs the size of y, at least 1
   * @param scale of the start of weights and biases
   * @throws IllegalArgumentException if a size is below 1
   */
  public LinearMap(String prefix, long inputs, long outputs, double scale) {
    if (inputs < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a linear map from %d to %d values: both must be at least 1",
              inputs,
              outputs));
    }
    this.inputs = inputs;
    float weightDeviation = (float) (scale * Math.sqrt(2.0 / inputs));
    float biasBound = (float) (scale / Math.sqrt(inputs));
    this.weight =
        Parameter.builder()
            .setName(prefix + "weight")
            .setType(Parameter.Type.WEIGHT)
            .optShape(new Shape(outputs, inputs))
            .optInitializer((m, shape, type) -> m.randomNormal(0, weightDeviation, shape, type))
            .build();
    this.bias =
        Parameter.builder()
            .setName(prefix + "bias")
            .setType(Parameter.Type.BIAS)
            .optShape(new Shape(outputs))
            .optInitializer((m, shape, type) -> m.randomUniform(-biasBound, biasBound, shape, type))
            .build();
  }

  /**
   * The parameters that a block has to list.
   *
   * @return weight (outputs, inputs) and bias (outputs)
   */
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }

  /**
   * Applies the map.
   *
   * @param store the parameters' values
   * @param x shape (..., inputs)
   * @param training whether parameters are being trained
   * @return shape (..., outputs)
   * @throws ShapeException if the last axis of x is another
   */
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    Shape shape = x.getShape();
    if (shape.dimension() == 0 || shape.get(shape.dimension() - 1) != inputs) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "input of shape %s does not fit: the network takes (B, %d)",
              shape,
              inputs));
    }
    NDArray weights = store.getValue(weight, x.getDevice(), training);
    NDArray biases = store.getValue(bias, x.getDevice(), training);
    return x.getNDArrayInternal().linear(x, weights, biases).singletonOrThrow();
  }

  /**
   * Repeats arrays of fewer axes for each entry of the leading axes of the one that has most.
   *
   * @param inputs at least one, each of shape (..., inputs_i), whose leading axes are the last of
   *     the longest ones
   * @return shapes (..., inputs_i) with the same leading axes
   * @throws ShapeException if they are others
   */
  public static List<NDArray> repeated(List<NDArray> inputs) {
    Shape longest =
        inputs.stream()
            .map(NDArray::getShape)
            .max(Comparator.comparingInt(Shape::dimension))
            .orElseThrow();
    Shape leading = longest.slice(0, Math.max(0, longest.dimension() - 1));
    return inputs.stream().map(input -> repeated(input, leading)).toList();
  }

  private static NDArray repeated(NDArray input, Shape leading) {
    Shape shape = input.getShape();
    int own = shape.dimension() - 1;
    if (own < 0 || !leading.slice(leading.dimension() - own).equals(shape.slice(0, own))) {
      throw new ShapeException(
          "an input of shape " + shape + " does not fit others with leading axes " + leading);
    }
    return own == leading.dimension() ? input : input.broadcast(leading.add(shape.get(own)));
  }

  /**
   * Makes one input of several.
   *
   * @param inputs at least one, each of shape (..., inputs_i)
   * @return shape (..., inputs); where there is one, itself
   * @throws ShapeException if their leading axes differ
   */
  public static NDArray sideBySide(List<NDArray> inputs) {
    if (inputs.size() == 1) {
      return inputs.get(0);
    }
    List<Shape> shapes = inputs.stream().map(NDArray::getShape).toList();
    int last = shapes.get(0).dimension() - 1;
    boolean fit = last >= 0 && shapes.stream().allMatch(s -> s.dimension() == last + 1);
    if (!fit || shapes.stream().map(s -> s.slice(0, last)).distinct().count() != 1) {
      throw new ShapeException("inputs of shapes " + shapes + " differ in more than the last axis");
    }
    return NDArrays.concat(new NDList(inputs), last);
  }

  /**
   * Takes apart what maps that stand above each other gave.
   *
   * @param y shape (..., count x outputs)
   * @param count how many equal parts
   * @return views of shape (..., outputs); to copy them costs more than to read them with a stride
   */
  public static NDList parts(NDArray y, int count) {
    return y.split(count, y.getShape().dimension() - 1);
  }
}
