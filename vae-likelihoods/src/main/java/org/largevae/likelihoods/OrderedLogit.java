package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/**
 * Independent levels that have an order, by cumulative logits (McCullagh 1980; Nazabal et al. 2020,
 * arXiv:1807.03653): {@code p(x_d <= r|z) = sigmoid(t_r)}, where the thresholds {@code t_0 < t_1 <
 * ...} stand relative to the value's place on the scale. The decoder gives a shift a_0 and numbers
 * a_r with {@code t_r = t_{r-1} + softplus(a_r)}; where all are 0, the levels lie evenly about 0.
 *
 * <p>{@code p(x = r) = sigmoid(t_r) - sigmoid(t_{r-1})} is computed as {@code sigmoid(t_r) (1 -
 * sigmoid(t_{r-1})) sigmoid(a_r)}, where nothing cancels.
 *
 * <p>The mean is the expectation of the level's number, the point estimate the most probable level.
 */
public final class OrderedLogit implements Likelihood {
  private static final double STEP = Math.log(2);

  private final int[] counts;
  private final int most;

  /**
   * A likelihood.
   *
   * @param data what the examples are made of
   */
  public OrderedLogit(DataDescription data) {
    this.counts = CategoryProbabilities.counts(data);
    this.most = Math.max(2, Arrays.stream(counts).max().orElseThrow());
  }

  /** One number a value for each threshold of the value with most levels. */
  @Override
  public Shape parameters() {
    return new Shape(most - 1, counts.length);
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind instanceof ValueKinds.Ordinal;
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    int axis =
        ParameterArrays.check(
            parameters,
            most - 1,
            counts.length,
            "ordinal likelihood",
            "a shift, then the distances of the thresholds");
    NDArray none = parameters.get(new NDIndex("..., 0:1, :")).zerosLike();
    NDArray thresholds = thresholds(parameters, axis);
    NDArray below = concat(axis, Tensors.logSigmoid(thresholds), none);
    NDArray above = concat(axis, none, Tensors.logSigmoid(thresholds.neg()));
    NDArray logProbabilities = below.mul(inner(parameters, 0)).add(above);
    if (most > 2) {
      NDArray distances = parameters.get(new NDIndex("..., 1:, :"));
      NDArray between = concat(axis, none, Tensors.logSigmoid(distances), none);
      logProbabilities = logProbabilities.add(between.mul(inner(parameters, 1)));
    }
    NDArray mask =
        CategoryProbabilities.table(
            parameters,
            most,
            counts,
            (level, count) -> level < count ? 0 : CategoryProbabilities.IMPOSSIBLE);
    return new CategoryProbabilities(logProbabilities.add(mask), false);
  }

  /** t_0 to t_{C-2}, of the shape of the parameters. */
  private NDArray thresholds(NDArray parameters, int axis) {
    NDArray shift = parameters.get(new NDIndex("..., 0:1, :"));
    NDArray centre =
        CategoryProbabilities.table(
            parameters, 1, counts, (level, count) -> -STEP * Math.max(0, count - 2) / 2);
    NDArray first = shift.add(centre);
    if (most == 2) {
      return first;
    }
    NDArray distances = Tensors.softplus(parameters.get(new NDIndex("..., 1:, :")));
    return concat(axis, first, distances).cumSum(axis);
  }

  /** 1 for the levels from one on to the last but one of each value, else 0; shape (C, D). */
  private NDArray inner(NDArray like, int from) {
    return CategoryProbabilities.table(
        like, most, counts, (level, count) -> level >= from && level < count - 1 ? 1 : 0);
  }

  private static NDArray concat(int axis, NDArray... parts) {
    return NDArrays.concat(new NDList(parts), axis);
  }
}
