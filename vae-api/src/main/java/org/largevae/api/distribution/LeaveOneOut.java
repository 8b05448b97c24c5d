package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/**
 * Uniform mixtures of all components but one, each row's own: {@code p_b(z) = 1/(K - 1) sum_{k !=
 * own_b} p_k(z)}, and {@code 1/K sum_k p_k(z)} for a row that has none. For priors whose components
 * are made of the training examples: the prior of an example does not know it (Norouzi, Fleet and
 * Norouzi 2020, arXiv:2004.04795, section 3).
 *
 * @param components a batch (K), at least 2
 * @param own the place of each row's own component, from 0; -1 for none; int64, shape (B)
 */
public record LeaveOneOut(Density components, NDArray own) implements Density {

  /**
   * Checks the shapes.
   *
   * @throws ShapeException if the components are no batch of 2 or more, or the places no vector
   */
  public LeaveOneOut {
    Shape batch = components.batch();
    if (batch.dimension() != 1 || batch.get(0) < 2 || own.getShape().dimension() != 1) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "leaving out one of a batch %s of components at places of shape %s: at least two"
                  + " components (K) and places (B) are needed",
              batch,
              own.getShape()));
    }
  }

  @Override
  public Shape batch() {
    return own.getShape();
  }

  @Override
  public Shape event() {
    return components.event();
  }

  @Override
  public Support support() {
    return components.support();
  }

  @Override
  public Kind kind() {
    return components.kind();
  }

  /**
   * {@inheritDoc}
   *
   * @param value shape (..., B, event)
   */
  @Override
  public NDArray logProb(NDArray value) {
    Shapes.requireFit(value, batch(), event().size());
    NDArray sum =
        ComponentBlocks.logSumExp(
            components,
            value,
            (some, from, to) -> {
              NDArray pairs = some.logProbPairwise(value);
              return pairs.add(penalty(pairs, from, to));
            });
    return sum.sub(logCounts(sum));
  }

  /** Minus infinity for a row's own component and 0 for the others, shape (B, k). */
  private NDArray penalty(NDArray pairs, int from, int to) {
    NDManager manager = pairs.getManager();
    NDArray places = manager.arange(from, to, 1, DataType.INT64).expandDims(0);
    NDArray isOwn = own.expandDims(1).eq(places);
    DataType type = pairs.getDataType();
    Shape shape = isOwn.getShape();
    // negative infinity: exp of it, and its gradient, are 0 exactly
    NDArray left = manager.full(shape, Float.NEGATIVE_INFINITY, type);
    return NDArrays.where(isOwn, left, manager.zeros(shape, type));
  }

  /** How many components each row has, shape (B). */
  private double[] counts() {
    double all = components.batch().get(0);
    return Arrays.stream(own.toLongArray()).mapToDouble(o -> o < 0 ? all : all - 1).toArray();
  }

  private NDArray logCounts(NDArray like) {
    double[] logs = Arrays.stream(counts()).map(Math::log).toArray();
    return like.getManager().create(logs).toType(like.getDataType(), false);
  }

  /** Chooses one of the others for each draw, then draws from it. */
  @Override
  public NDArray sample(Shape leading, Noise noise) {
    NDList draws = new NDList();
    for (long i = 0; i < leading.size(); i++) {
      draws.add(draw(noise));
    }
    return NDArrays.stack(draws).reshape(leading.addAll(batch()).addAll(event()));
  }

  /** One draw for each row, shape (B, event). */
  private NDArray draw(Noise noise) {
    NDManager manager = own.getManager();
    long[] places = own.toLongArray();
    double[] counts = counts();
    Shape rows = new Shape(places.length, 1);
    double[] uniform = Tensors.toDoubles(noise.uniform(manager, rows, DataType.FLOAT64));
    long[] chosen = new long[places.length];
    for (int row = 0; row < chosen.length; row++) {
      long place = (long) (uniform[row] * counts[row]);
      chosen[row] = places[row] >= 0 && place >= places[row] ? place + 1 : place;
    }
    return components.select(manager.create(chosen)).sample(new Shape(), noise);
  }

  @Override
  public NDArray mean() {
    NDArray means = components.mean();
    NDManager manager = means.getManager();
    NDArray sum = means.sum(new int[] {0}).expandDims(0);
    NDArray isLeft = own.gte(0);
    // none is left out where there is no own one: row 0 counts nothing
    NDArray rows = own.mul(isLeft.toType(DataType.INT64, false));
    NDArray left =
        Tensors.rows(means, rows).mul(isLeft.toType(means.getDataType(), false).expandDims(1));
    NDArray counts = manager.create(counts()).toType(means.getDataType(), false).expandDims(1);
    return sum.sub(left).div(counts);
  }

  @Override
  public LeaveOneOut map(UnaryOperator<NDArray> change) {
    return new LeaveOneOut(components.map(change), own);
  }

  /** The components stay; rows are chosen. */
  @Override
  public LeaveOneOut select(NDArray rows) {
    return new LeaveOneOut(components, own.get(rows));
  }

  @Override
  public LeaveOneOut detached() {
    return map(NDArray::stopGradient);
  }
}
