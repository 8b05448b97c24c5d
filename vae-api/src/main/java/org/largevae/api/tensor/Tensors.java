package org.largevae.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;

/**
 * Operations that are safe under automatic differentiation, stable at the extremes, and missing
 * from DJL. Results, and the constants made on the way, belong to the first argument's manager;
 * call them inside an {@link ai.djl.ndarray.NDScope}.
 */
public final class Tensors {

  private Tensors() {}

  /**
   * A scalar that owns its memory, so that backward may read it at any later time.
   *
   * @param like its manager and data type are used
   * @param value the value
   * @return shape ()
   */
  public static NDArray constant(NDArray like, double value) {
    Shape scalar = new Shape();
    DataType type = like.getDataType();
    // full() takes a float; adding to zeros keeps a double's precision, and add saves no operand.
    // Only in float64: the sum of a float32 scalar and a double would be float64
    return type == DataType.FLOAT64
        ? like.getManager().zeros(scalar, type).add(value)
        : like.getManager().full(scalar, (float) value, type);
  }

  /**
   * x times a number; use it in place of {@code x.mul(Number)} and {@code x.div(Number)}.
   *
   * @param x any shape
   * @param factor the number
   * @return the shape and data type of x
   */
  public static NDArray multiply(NDArray x, double factor) {
    return x.mul(constant(x, factor));
  }

  /**
   * A number divided by x, element by element.
   *
   * @param numerator the number
   * @param x any shape
   * @return the shape and data type of x
   */
  public static NDArray divide(double numerator, NDArray x) {
    return constant(x, numerator).div(x);
  }

  /**
   * x to the power of a number.
   *
   * @param x any shape, above 0 unless the exponent is whole
   * @param exponent the number
   * @return the shape and data type of x
   */
  public static NDArray power(NDArray x, double exponent) {
    return x.pow(constant(x, exponent));
  }

  /**
   * x clamped to bounds. The gradient is 1 inside and at the bounds and 0 outside.
   *
   * @param x any shape
   * @param lowest the lower bound, may be negative infinity
   * @param highest the upper bound, may be positive infinity
   * @return the shape and data type of x
   */
  public static NDArray clamp(NDArray x, double lowest, double highest) {
    return x.clip(lowest, highest);
  }

  /**
   * x clamped to bounds that are given for each value. The gradient is 1 inside and at the bounds
   * and 0 outside.
   *
   * @param x any shape
   * @param lowest the lower bounds, may be negative infinity; broadcast to the shape of x
   * @param highest the upper bounds, may be positive infinity; broadcast to the shape of x
   * @return the shape and data type of x
   */
  public static NDArray clamp(NDArray x, NDArray lowest, NDArray highest) {
    NDArray clamped = x.stopGradient().maximum(lowest).minimum(highest);
    // not the clamped values themselves: at a bound their gradient would be halved
    return NDArrays.where(x.eq(clamped), x, clamped);
  }

  /**
   * The sum over the last axis.
   *
   * @param x shape (..., D)
   * @return shape (...)
   */
  public static NDArray sumLast(NDArray x) {
    return x.sum(new int[] {x.getShape().dimension() - 1});
  }

  /**
   * {@code log sum exp} over the last axis, without overflow. Its gradient is the softmax.
   *
   * @param x shape (..., K), each row with at least one finite value
   * @return shape (...)
   */
  public static NDArray logSumExpLast(NDArray x) {
    return logSumExp(x, x.getShape().dimension() - 1);
  }

  /**
   * {@code log sum exp} over an axis, without overflow. Its gradient is the softmax.
   *
   * @param x any shape, with at least one finite value along the axis everywhere
   * @param axis counted from 0
   * @return the shape of x without the axis
   */
  public static NDArray logSumExp(NDArray x, int axis) {
    NDArray highest = x.max(new int[] {axis}, true).stopGradient();
    return x.sub(highest).exp().sum(new int[] {axis}).log().add(highest.squeeze(axis));
  }

  /**
   * {@code log(1 + exp(x))}, without overflow.
   *
   * @param x any shape
   * @return the shape of x
   */
  public static NDArray softplus(NDArray x) {
    return x.getNDArrayInternal().softPlus();
  }

  /**
   * {@code log sigmoid(x)}, without underflow.
   *
   * @param x any shape
   * @return the shape of x
   */
  public static NDArray logSigmoid(NDArray x) {
    return softplus(x.neg()).neg();
  }

  /**
   * {@code sigmoid(x) = 1 / (1 + exp(-x))}.
   *
   * @param x any shape
   * @return the shape of x
   */
  public static NDArray sigmoid(NDArray x) {
    return x.getNDArrayInternal().sigmoid();
  }

  /**
   * x in float64; unlike {@code toType} it lets gradients through, which return in the data type of
   * x.
   *
   * @param x any shape of rank 1 or more
   * @return the shape of x, float64
   */
  public static NDArray toFloat64(NDArray x) {
    if (x.getDataType() == DataType.FLOAT64) {
      return x;
    }
    // of rank 1: a scalar operand would not raise the data type of the result
    return x.mul(x.getManager().ones(new Shape(1), DataType.FLOAT64));
  }

  /**
   * Selected rows of x.
   *
   * @param x shape (B, ...)
   * @param index int64, shape (n), each from 0 to B - 1; may repeat
   * @return shape (n, ...)
   */
  public static NDArray rows(NDArray x, NDArray index) {
    Shape shape = x.getShape();
    // what is looked up has two axes
    NDArray matrix = shape.dimension() == 2 ? x : x.reshape(shape.get(0), -1);
    NDArray chosen =
        x.getNDArrayInternal().embedding(index, matrix, SparseFormat.DENSE).singletonOrThrow();
    return shape.dimension() == 2
        ? chosen
        : chosen.reshape(index.getShape().addAll(shape.slice(1)));
  }

  /**
   * The values as Java's doubles; gradients end here.
   *
   * @param x float32 or float64, any shape
   * @return the values in row-major order
   */
  public static double[] toDoubles(NDArray x) {
    return x.toType(DataType.FLOAT64, false).toDoubleArray();
  }
}
