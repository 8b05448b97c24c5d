package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/**
 * Gaussians with covariance {@code D + U U^T}, D diagonal and U of few columns: {@code z = mu +
 * D^(1/2) eps_1 + U eps_2} (Rezende et al. 2014, arXiv:1401.4082, section 4.3). Densities are those
 * of {@code N(mu, D)}, corrected for U in float64; with U = 0 they and the draws are those of a
 * {@link DiagonalGaussian}.
 *
 * @param mean mu, shape (batch, M)
 * @param logVariance log D, shape (batch, M)
 * @param factor U, shape (batch, M, r)
 */
public record LowRankGaussian(NDArray mean, NDArray logVariance, NDArray factor)
    implements Density {

  /**
   * Checks the shapes.
   *
   * @throws ShapeException if they do not belong together or U has no column
   */
  public LowRankGaussian {
    Shape means = mean.getShape();
    int axes = means.dimension();
    Shape factors = factor.getShape();
    if (axes == 0
        || !logVariance.getShape().equals(means)
        || factors.dimension() != axes + 1
        || !factors.slice(0, axes).equals(means)
        || factors.get(axes) == 0) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "mean %s, log variance %s and factor %s must have the shapes (..., M), (..., M) and"
                  + " (..., M, r), r at least 1",
              means,
              logVariance.getShape(),
              factors));
    }
  }

  @Override
  public Shape batch() {
    return mean.getShape().slice(0, mean.getShape().dimension() - 1);
  }

  @Override
  public Shape event() {
    return mean.getShape().slice(mean.getShape().dimension() - 1);
  }

  @Override
  public NDArray sample(Shape leading, Noise noise) {
    NDManager manager = mean.getManager();
    NDArray independent = new DiagonalGaussian(mean, logVariance).sample(leading, noise);
    Shape shared = leading.addAll(batch()).add(rank());
    NDArray normal = noise.normal(manager, shared, mean.getDataType());
    return independent.add(BatchedMatrices.times(factor, normal));
  }

  /**
   * {@inheritDoc}
   *
   * @return shape (...), float64
   */
  @Override
  public NDArray logProb(NDArray value) {
    Shapes.requireFit(value, batch(), event().get(0));
    NDArray latents = Tensors.toFloat64(value);
    Updates updates = updates();
    NDArray differences = latents.sub(Tensors.toFloat64(mean));
    NDArray projections = BatchedMatrices.times(updates.rows(), differences);
    return diagonal().logProb(latents).add(updates.correction(projections));
  }

  /**
   * {@inheritDoc}
   *
   * @return shape (..., B), float64
   */
  @Override
  public NDArray logProbPairwise(NDArray values) {
    Shapes.requireEvent(values, event().get(0));
    NDArray latents = Tensors.toFloat64(values);
    Updates updates = updates();
    NDArray weights = updates.rows().reshape(-1, event().get(0));
    NDArray bias = BatchedMatrices.times(updates.rows(), Tensors.toFloat64(mean)).neg().flatten();
    NDArray projections =
        latents.getNDArrayInternal().linear(latents, weights, bias).singletonOrThrow();
    Shape leading = latents.getShape().slice(0, latents.getShape().dimension() - 1);
    Shape pairs = leading.addAll(batch()).add(rank());
    return diagonal().logProbPairwise(latents).add(updates.correction(projections.reshape(pairs)));
  }

  /** {@code N(mu, D)} in float64. */
  private DiagonalGaussian diagonal() {
    return new DiagonalGaussian(Tensors.toFloat64(mean), Tensors.toFloat64(logVariance));
  }

  /**
   * What U adds to the precision and to the log determinant of D.
   *
   * @param rows W, shape (batch, r, M), float64: {@code (D + U U^T)^-1 = D^-1 - W^T W}
   * @param logDeterminant {@code log det (I + U^T D^-1 U)}, shape (batch), float64
   */
  private record Updates(NDArray rows, NDArray logDeterminant) {

    /** What is added to the log-density of N(mu, D), given {@code W (z - mu)}, shape (..., r). */
    NDArray correction(NDArray projections) {
      NDArray squares = Tensors.sumLast(projections.square());
      return Tensors.multiply(squares.sub(logDeterminant), 0.5);
    }
  }

  /**
   * One update for each column u, by the formula of Sherman and Morrison (1950): with the precision
   * P so far, {@code w = P u / (1 + u^T P u)^(1/2)}, {@code P' = P - w w^T}, and the determinant
   * grows by {@code 1 + u^T P u}, which is at least 1. It is the identity of Woodbury, column by
   * column, without a factorisation.
   */
  private Updates updates() {
    NDArray precision = Tensors.toFloat64(logVariance).neg().exp();
    NDArray columns = Tensors.toFloat64(factor);
    int axis = columns.getShape().dimension() - 2;
    List<NDArray> rows = new ArrayList<>();
    NDArray logDeterminant = null;
    for (long column = 0; column < rank(); column++) {
      NDArray u = columns.get("..., " + column);
      NDArray product = u.mul(precision);
      for (NDArray row : rows) {
        product = product.sub(row.mul(row.mul(u).sum(new int[] {axis}, true)));
      }
      NDArray growth = u.mul(product).sum(new int[] {axis}, true).add(1);
      rows.add(product.div(growth.sqrt()));
      NDArray log = growth.log().squeeze(axis);
      logDeterminant = logDeterminant == null ? log : logDeterminant.add(log);
    }
    return new Updates(NDArrays.stack(new NDList(rows), axis), logDeterminant);
  }

  /** {@inheritDoc} Known for another Gaussian that is diagonal or given by its Cholesky factor. */
  @Override
  public Optional<NDArray> divergence(Distribution other) {
    NDArray logVariances = Tensors.toFloat64(logVariance);
    NDArray columns = Tensors.toFloat64(factor);
    if (other instanceof DiagonalGaussian prior) {
      NDArray variances = logVariances.exp().add(Tensors.sumLast(columns.square()));
      return Optional.of(prior.divergenceFrom(mean, variances, logDeterminant()));
    }
    if (other instanceof FullCovarianceGaussian prior) {
      NDArray root = diagonal().root().concat(columns, columns.getShape().dimension() - 1);
      return Optional.of(prior.divergenceFrom(mean, root, logDeterminant()));
    }
    return Optional.empty();
  }

  private NDArray logDeterminant() {
    return Tensors.sumLast(Tensors.toFloat64(logVariance)).add(updates().logDeterminant());
  }

  @Override
  public LowRankGaussian map(UnaryOperator<NDArray> change) {
    return new LowRankGaussian(change.apply(mean), change.apply(logVariance), change.apply(factor));
  }

  private long rank() {
    return factor.getShape().get(factor.getShape().dimension() - 1);
  }
}
