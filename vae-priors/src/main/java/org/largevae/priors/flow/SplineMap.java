package org.largevae.priors.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.tensor.Tensors;

/**
 * Monotonic rational-quadratic splines from {@code [-bound, bound]} onto itself, and the identity
 * beyond (Durkan et al. 2019, arXiv:1906.04032, section 3.1). The parameters are, in this order,
 * the logits of the bins' widths, those of their heights, and what the derivatives at inner knots
 * are the softplus of.
 *
 * @param bins K, at least 2
 * @param bound above 0
 */
record SplineMap(int bins, double bound) implements ElementwiseMap {
  /** Of a width or height, as a share of them all, and of a derivative. */
  private static final double LEAST = 1e-3;

  /** Its softplus and the least derivative are 1 together. */
  private static final double UNIT = Math.log(Math.expm1(1 - LEAST));

  @Override
  public int heads() {
    return 3 * bins - 1;
  }

  @Override
  public Mapped toBase(NDArray z, NDArray parameters) {
    Knots knots = knots(parameters);
    NDArray inner = Tensors.clamp(z, -bound, bound);
    Mapped mapped = knots.bin(inner, knots.x).map(inner);
    NDArray inside = z.eq(inner);
    return new Mapped(
        NDArrays.where(inside, mapped.value(), z),
        NDArrays.where(inside, mapped.logDerivative(), z.zerosLike()));
  }

  @Override
  public NDArray fromBase(NDArray base, NDArray parameters) {
    Knots knots = knots(parameters);
    NDArray inner = Tensors.clamp(base, -bound, bound);
    NDArray mapped = knots.bin(inner, knots.y).inverse(inner);
    return NDArrays.where(base.eq(inner), mapped, base);
  }

  /**
   * Where splines bend.
   *
   * @param x places, shape (..., K + 1, m), from -bound to bound
   * @param y values there, of the same shape and range
   * @param derivatives there, of the same shape
   */
  private record Knots(NDArray x, NDArray y, NDArray derivatives) {

    /** The bin of each value among places or values, whose left end belongs to it. */
    SplineBin bin(NDArray value, NDArray among) {
      int axis = among.getShape().dimension() - 2;
      long last = among.getShape().get(axis) - 1;
      NDArray inner = among.split(new long[] {1, last}, axis).get(1);
      NDArray left =
          value
              .expandDims(axis)
              .gte(inner)
              .toType(DataType.INT64, false)
              .sum(new int[] {axis}, true);
      NDArray right = left.add(1);
      NDArray fromX = at(x, left, axis);
      NDArray fromY = at(y, left, axis);
      return new SplineBin(
          fromX,
          at(x, right, axis).sub(fromX),
          fromY,
          at(y, right, axis).sub(fromY),
          at(derivatives, left, axis),
          at(derivatives, right, axis));
    }

    private static NDArray at(NDArray knots, NDArray index, int axis) {
      return knots.gather(index, axis).squeeze(axis);
    }
  }

  private Knots knots(NDArray parameters) {
    Shape shape = parameters.getShape();
    int axis = shape.dimension() - 1;
    long values = shape.get(axis) / heads();
    NDList raw =
        parameters
            .reshape(shape.slice(0, axis).add(heads()).add(values))
            .split(new long[] {bins, 2L * bins}, axis);
    NDArray derivatives = Tensors.softplus(raw.get(2).add(UNIT)).add(LEAST);
    // beyond the bounds the slope is 1, and the derivative has no jump there
    return new Knots(
        places(raw.get(0), axis), places(raw.get(1), axis), between(1, derivatives, 1, axis));
  }

  private NDArray places(NDArray logits, int axis) {
    NDArray shares = Tensors.multiply(logits.softmax(axis), 1 - bins * LEAST).add(LEAST);
    NDArray ends = Tensors.multiply(shares.cumSum(axis), 2 * bound).sub(bound);
    NDArray inner = ends.split(new long[] {bins - 1L}, axis).get(0);
    // the last end is the bound only to rounding
    return between(-bound, inner, bound, axis);
  }

  private static NDArray between(double first, NDArray inner, double last, int axis) {
    Shape shape = inner.getShape();
    NDArray zeros =
        inner
            .getManager()
            .zeros(shape.slice(0, axis).add(1).addAll(shape.slice(axis + 1)), inner.getDataType());
    return NDArrays.concat(new NDList(zeros.add(first), inner, zeros.add(last)), axis);
  }
}
