package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/**
 * {@code p(z) = sum_k w_k p_k(z)}, {@code w = softmax(logWeights)}: VampPriors, mixtures of
 * Gaussians, exemplar priors.
 *
 * @param components a batch (K)
 * @param logWeights shape (K), up to a constant that all share: trained ones need no normalising;
 *     shape (1) where all components have the same weight
 */
public record Mixture(Density components, NDArray logWeights) implements Density {

  /**
   * Checks the shapes.
   *
   * @throws ShapeException if the components are no batch (K) or there are neither K weights nor
   *     one
   */
  public Mixture {
    Shape weights = logWeights.getShape();
    if (components.batch().dimension() != 1
        || !(weights.equals(components.batch()) || weights.equals(new Shape(1)))) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "a mixture of a batch %s with log weights of shape %s: both must be"
                  + " (K), or the weights (1) where all are the same",
              components.batch(),
              weights));
    }
  }

  /**
   * Components of the same weight.
   *
   * @param components a batch (K)
   * @return the mixture
   */
  public static Mixture uniform(Density components) {
    NDManager manager = components.mean().getManager();
    return new Mixture(components, manager.zeros(new Shape(1), DataType.FLOAT64));
  }

  @Override
  public Shape batch() {
    return new Shape();
  }

  @Override
  public Shape event() {
    return components.event();
  }

  /**
   * The log of each component's share of the density, {@code log w_k + log p_k(z)}.
   *
   * @param value shape (..., event)
   * @return in nats, shape (..., K)
   */
  public NDArray logShares(NDArray value) {
    return normalised(unnormalised(value));
  }

  /**
   * {@code log sum_k exp(log w_k + log p_k(z))}: each component's own sum over the latents comes
   * first. Of many components some are computed at a time.
   */
  @Override
  public NDArray logProb(NDArray value) {
    return normalised(
        ComponentBlocks.logSumExp(
            components,
            value,
            (some, from, to) -> {
              NDArray pairs = some.logProbPairwise(value);
              return isUniform() ? pairs : pairs.add(logWeights.get(from + ":" + to));
            }));
  }

  private NDArray unnormalised(NDArray value) {
    NDArray pairs = components.logProbPairwise(value);
    // one weight for all cancels; adding it would cost another array of all pairs
    return isUniform() ? pairs : pairs.add(logWeights);
  }

  private NDArray normalised(NDArray logDensities) {
    return isUniform()
        ? logDensities.sub(Math.log(components.batch().get(0)))
        : logDensities.sub(Tensors.logSumExpLast(logWeights));
  }

  private boolean isUniform() {
    return logWeights.size() == 1;
  }

  /** Shape (K). */
  private NDArray weights() {
    return isUniform() ? logWeights.broadcast(components.batch()) : logWeights;
  }

  /** Chooses a component for each draw by its weight, then draws from it. */
  @Override
  public NDArray sample(Shape leading, Noise noise) {
    double[] cumulative = Tensors.toDoubles(weights().softmax(0));
    Arrays.parallelPrefix(cumulative, Double::sum);
    NDManager manager = logWeights.getManager();
    NDArray uniform = noise.uniform(manager, new Shape(leading.size(), 1), DataType.FLOAT64);
    double[] draws = Tensors.toDoubles(uniform);
    long[] chosen = new long[draws.length];
    Arrays.setAll(chosen, i -> place(cumulative, draws[i]));
    NDArray rows = manager.create(chosen);
    return components.select(rows).sample(new Shape(), noise).reshape(leading.addAll(event()));
  }

  /** The first component whose cumulative weight is above a fraction of them all. */
  private static int place(double[] cumulative, double uniform) {
    int last = cumulative.length - 1;
    int found = Arrays.binarySearch(cumulative, uniform * cumulative[last]);
    return Math.min(found < 0 ? -found - 1 : found + 1, last);
  }

  @Override
  public NDArray mean() {
    NDArray means = components.mean();
    NDArray weights = weights().softmax(0).toType(means.getDataType(), false);
    return means.mul(weights.expandDims(1)).sum(new int[] {0});
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
   * Not possible.
   *
   * @throws ShapeException always: a mixture is one distribution, it has no rows to choose
   */
  @Override
  public Density select(NDArray rows) {
    throw new ShapeException("a mixture is one distribution, it has no rows to choose");
  }

  @Override
  public Mixture map(UnaryOperator<NDArray> change) {
    return new Mixture(components.map(change), change.apply(logWeights));
  }
}
