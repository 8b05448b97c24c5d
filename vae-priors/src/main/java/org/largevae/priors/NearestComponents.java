package org.largevae.priors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.LeaveOneOut;
import org.largevae.api.distribution.Mixture;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Support;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/**
 * A uniform mixture of which only those components are computed that are nearest to some of the
 * values asked for: {@code log p(z) >= log sum_{k in S} p_k(z) - log K}, a lower bound, since what
 * is left out is at least 0. S is the union of the nearest of all values, those of the highest
 * density by remembered components; it grows with their number, and the bound with it, up to the
 * mixture itself.
 *
 * <p>Norouzi, Fleet and Norouzi 2020 (arXiv:2004.04795, section 3.3) divide by the size of the
 * union in place of K, which is no bound.
 *
 * @param remembered the components as they were when last computed, a batch (K)
 * @param components gives them as they are, by their places, int64, shape (n)
 * @param neighbours how many for each value, at least 1
 * @param own the place of the component that each row leaves out, -1 for none, int64, shape (B);
 *     empty where all take all
 */
record NearestComponents(
    Density remembered,
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

  @Override
  public Support support() {
    return remembered.support();
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
    Density some = components.apply(manager.create(nearest));
    double all = count();
    if (own.isEmpty()) {
      return Mixture.uniform(some).logProb(value).add(Math.log(nearest.length / all));
    }
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

  /** The places of the union, ascending. */
  private long[] nearest(NDArray value) {
    NDArray near = remembered.logProbPairwise(value.stopGradient()).stopGradient();
    if (own.isPresent()) {
      NDManager manager = value.getManager();
      NDArray all = manager.arange(0, count(), 1, DataType.INT64);
      NDArray isOwn = own.get().expandDims(1).eq(all.expandDims(0));
      near = near.add(isOwn.toType(near.getDataType(), false).mul(Tensors.constant(near, -1e30)));
    }
    int last = near.getShape().dimension() - 1;
    long[] found = near.topK(neighbours, last, true, false).get(1).toLongArray();
    return Arrays.stream(found).sorted().distinct().toArray();
  }

  /** K. */
  private int count() {
    return Math.toIntExact(remembered.batch().get(0));
  }

  private Density whole() {
    NDManager manager = remembered.mean().getManager();
    Density every = components.apply(manager.arange(0, count(), 1, DataType.INT64));
    return own.isPresent() ? new LeaveOneOut(every, own.get()) : Mixture.uniform(every);
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
        remembered.map(change), places -> components.apply(places).map(change), neighbours, own);
  }

  @Override
  public Density select(NDArray rows) {
    NDArray left =
        own.orElseThrow(
            () -> new ShapeException("a mixture is one distribution, it has no rows to choose"));
    return new NearestComponents(remembered, components, neighbours, Optional.of(left.get(rows)));
  }
}
