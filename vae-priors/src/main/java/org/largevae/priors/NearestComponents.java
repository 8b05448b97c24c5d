package org.largevae.priors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.LeaveOneOut;
import org.largevae.api.distribution.Mixture;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Support;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/**
 * A mixture of which only those components are computed that are nearest to some of the values
 * asked for: {@code log p(z) >= log sum_{k in S} w_k p_k(z)}, a lower bound, since what is left out
 * is at least 0. S is the union of the nearest of all values, those of the highest density by
 * remembered components; it grows with their number, and the bound with it, up to the mixture
 * itself.
 *
 * <p>Norouzi, Fleet and Norouzi 2020 (arXiv:2004.04795, section 3.3) divide by the size of the
 * union in place of K, which is no bound.
 *
 * @param remembered the components as they were when last computed, by which the nearest are
 *     chosen, a batch (K)
 * @param logWeights of the components, as of a {@link Mixture}, shape (K); (1) where all have the
 *     same, as where rows leave one out
 * @param components gives them as they are, by their places, int64, shape (n)
 * @param neighbours how many for each value, at least 1
 * @param own the place of the component that each row leaves out, -1 for none, int64, shape (B);
 *     empty where all take all
 */
record NearestComponents(
    DiagonalGaussian remembered,
    NDArray logWeights,
    Function<NDArray, Density> components,
    int neighbours,
    Optional<NDArray> own)
    implements Density {

  @Override
  public Shape batch() {
    return own.map(NDArray::getShape).orElse(new Shape());
  }

  @Override
  public Shape event() {
    return remembered.event();
  }

  /** That of a component: what is remembered of it may be another family. */
  @Override
  public Support support() {
    NDArray first = logWeights.getManager().create(new long[] {0});
    return components.apply(first).support();
  }

  @Override
  public Kind kind() {
    return Kind.LOWER_BOUND;
  }

  /**
   * {@inheritDoc} The other values of the call add to the union, which is one for all.
   *
   * @param value shape (..., event), or (..., B, event) where each row leaves out its own component
   */
  @Override
  public NDArray logProb(NDArray value) {
    long[] nearest = nearest(value);
    NDManager manager = value.getManager();
    NDArray union = manager.create(nearest);
    Density some = components.apply(union);
    if (own.isEmpty()) {
      return isUniform()
          ? Mixture.uniform(some).logProb(value).add(Math.log(nearest.length / (double) count()))
          : weighted(some, Tensors.rows(logWeights, union), value);
    }
    double all = count();
    long[] places = own.get().toLongArray();
    long[] inUnion = new long[places.length];
    double[] logShares = new double[places.length];
    for (int row = 0; row < places.length; row++) {
      inUnion[row] = Math.max(-1, Arrays.binarySearch(nearest, places[row]));
      double taken = nearest.length - (inUnion[row] >= 0 ? 1 : 0);
      logShares[row] = Math.log(taken / (all - (places[row] >= 0 ? 1 : 0)));
    }
    NDArray found = new LeaveOneOut(some, manager.create(inUnion)).logProb(value);
    return found.add(manager.create(logShares).toType(found.getDataType(), false));
  }

  private NDArray weighted(Density some, NDArray someWeights, NDArray value) {
    NDArray share = Tensors.logSumExpLast(someWeights).sub(Tensors.logSumExpLast(logWeights));
    return new Mixture(some, someWeights).logProb(value).add(share);
  }

  private boolean isUniform() {
    return logWeights.size() == 1;
  }

  /** The places of the union, ascending. */
  private long[] nearest(NDArray value) {
    long[] left = own.map(NDArray::toLongArray).orElse(new long[] {-1});
    // one more where a row's own may be among them
    int most = Math.min(count(), own.isPresent() ? neighbours + 1 : neighbours);
    int last = value.getShape().dimension() - 1;
    long[] found = logDensities(value).topK(most, last, true, true).get(1).toLongArray();
    LongStream.Builder union = LongStream.builder();
    for (int row = 0; row * most < found.length; row++) {
      int taken = 0;
      for (int i = row * most; i < (row + 1) * most && taken < neighbours; i++) {
        if (found[i] != left[row % left.length]) {
          union.add(found[i]);
          taken++;
        }
      }
    }
    return union.build().sorted().distinct().toArray();
  }

  /**
   * Of all pairs, up to what is the same for all components. In float32: which are near need not be
   * known to the last digit.
   */
  private NDArray logDensities(NDArray value) {
    NDArray z = value.stopGradient().toType(DataType.FLOAT32, false);
    NDArray means = remembered.mean().stopGradient();
    NDArray logVariances = remembered.logVariance().stopGradient();
    NDArray precision = logVariances.neg().exp();
    NDArray scaled = means.mul(precision);
    NDArray constants = Tensors.sumLast(means.mul(scaled).add(logVariances));
    NDArray bias = Tensors.multiply(constants, -0.5);
    if (!isUniform()) {
      bias = bias.add(logWeights.stopGradient().toType(DataType.FLOAT32, false));
    }
    // -1/2 sum((z - mu)^2 / sigma^2 + log sigma^2) from one product, see DiagonalGaussian
    NDArray features = z.square().concat(z, z.getShape().dimension() - 1);
    NDArray weights = Tensors.multiply(precision, -0.5).concat(scaled, 1);
    return features.getNDArrayInternal().linear(features, weights, bias).singletonOrThrow();
  }

  /** K. */
  private int count() {
    return Math.toIntExact(remembered.batch().get(0));
  }

  private Density whole() {
    NDManager manager = logWeights.getManager();
    Density every = components.apply(manager.arange(0, count(), 1, DataType.INT64));
    return own.<Density>map(left -> new LeaveOneOut(every, left))
        .orElseGet(() -> isUniform() ? Mixture.uniform(every) : new Mixture(every, logWeights));
  }

  /** Of the whole mixture. */
  @Override
  public NDArray sample(Shape leading, Noise noise) {
    return whole().sample(leading, noise);
  }

  /** Of the whole mixture. */
  @Override
  public NDArray mean() {
    return whole().mean();
  }

  @Override
  public NearestComponents map(UnaryOperator<NDArray> change) {
    return new NearestComponents(
        remembered.map(change),
        change.apply(logWeights),
        places -> components.apply(places).map(change),
        neighbours,
        own);
  }

  @Override
  public Density select(NDArray rows) {
    NDArray left =
        own.orElseThrow(
            () -> new ShapeException("a mixture is one distribution, it has no rows to choose"));
    return new NearestComponents(
        remembered, logWeights, components, neighbours, Optional.of(left.get(rows)));
  }
}
