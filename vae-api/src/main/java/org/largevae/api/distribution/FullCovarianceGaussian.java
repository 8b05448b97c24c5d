package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/**
 * Gaussians with any covariance, given by its Cholesky factor: {@code z = mu + L eps}, {@code log
 * N(z | mu, L L^T) = -1/2 |L^-1 (z - mu)|^2 - sum_m log L_mm - M/2 log 2 pi} (Kingma and Welling
 * 2019, arXiv:1906.02691, section 2.5.1). Densities are computed in float64, with one inverse of
 * each factor.
 *
 * @param mean mu, shape (batch, M)
 * @param scale L, shape (batch, M, M): above 0 on the diagonal, 0 above the diagonal
 */
public record FullCovarianceGaussian(NDArray mean, NDArray scale) implements Density {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  /**
   * Checks the shapes.
   *
   * @throws ShapeException if they do not belong together
   */
  public FullCovarianceGaussian {
    Shape means = mean.getShape();
    if (means.dimension() == 0
        || !scale.getShape().equals(means.add(means.get(means.dimension() - 1)))) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "mean %s and scale %s must have the shapes (..., M) and (..., M, M)",
              means,
              scale.getShape()));
    }
  }

  /**
   * Gaussians whose scale is {@code L = D (I + N)}, D diagonal and N strictly lower triangular:
   * each latent has its own scale, and how it depends on others does not change with that, so that
   * L stays well-conditioned where a scale gets small. With N = 0 the draws are those of a {@link
   * DiagonalGaussian}.
   *
   * @param mean mu, shape (batch, M)
   * @param logVariance log D^2, shape (batch, M)
   * @param below the entries of N, shape (batch, M (M - 1) / 2), in the order of TensorFlow
   *     Probability's {@code fill_triangular}
   * @return the distributions
   * @throws ShapeException if the shapes do not belong together
   */
  public static FullCovarianceGaussian of(NDArray mean, NDArray logVariance, NDArray below) {
    Shape shape = mean.getShape();
    int axes = shape.dimension();
    long size = axes == 0 ? 0 : shape.get(axes - 1);
    if (axes == 0
        || !logVariance.getShape().equals(shape)
        || !below.getShape().equals(shape.slice(0, axes - 1).add(size * (size - 1) / 2))) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "mean %s, log variance %s and %s entries below the diagonal must have the shapes"
                  + " (..., M), (..., M) and (..., M (M - 1) / 2)",
              shape,
              logVariance.getShape(),
              below.getShape()));
    }
    NDArray unit = mean.getManager().eye((int) size, (int) size, 0, mean.getDataType());
    NDArray lower = size == 1 ? unit : strictlyLower(below, size).add(unit);
    NDArray deviations = Tensors.multiply(logVariance, 0.5).exp();
    return new FullCovarianceGaussian(mean, lower.mul(deviations.expandDims(axes)));
  }

  /** Shape (batch, M, M), from the (batch, M (M - 1) / 2) entries below the diagonal. */
  private static NDArray strictlyLower(NDArray entries, long size) {
    NDManager manager = entries.getManager();
    DataType type = entries.getDataType();
    Shape batch = entries.getShape().slice(0, entries.getShape().dimension() - 1);
    int last = batch.dimension();
    long rows = size - 1;
    // as many entries again, reversed, fill a square; what lies above its diagonal is repeated
    NDArray square =
        entries
            .get("..., " + rows + ":")
            .concat(entries.flip(last), last)
            .reshape(batch.addAll(new Shape(rows, rows)));
    NDArray index = manager.arange((int) rows);
    NDArray lower = index.expandDims(1).gte(index.expandDims(0)).toType(type, false);
    NDArray above = manager.zeros(batch.addAll(new Shape(1, rows)), type);
    NDArray right = manager.zeros(batch.addAll(new Shape(size, 1)), type);
    return above.concat(square.mul(lower), last).concat(right, last + 1);
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
    NDArray normal =
        noise.normal(mean.getManager(), leading.addAll(mean.getShape()), mean.getDataType());
    return BatchedMatrices.times(scale, normal).add(mean);
  }

  /**
   * {@inheritDoc}
   *
   * @return shape (...), float64
   */
  @Override
  public NDArray logProb(NDArray value) {
    Shapes.requireFit(value, batch(), size());
    NDArray differences = Tensors.toFloat64(value).sub(Tensors.toFloat64(mean));
    NDArray standardised = BatchedMatrices.times(inverse(), differences);
    return normalised(Tensors.sumLast(standardised.square()));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Expands the square, so that all pairs come out of one matrix product with the precision
   * matrices {@code (L L^T)^-1}, instead of an (N, B, M) array. In float64 the error of the
   * expansion is about 1e-16 times the greatest precision times {@code |z|^2}.
   *
   * @return shape (..., B), float64
   */
  @Override
  public NDArray logProbPairwise(NDArray values) {
    Shapes.requireEvent(values, size());
    NDArray means = Tensors.toFloat64(mean);
    NDArray inverse = inverse();
    NDArray precision = inverse.swapAxes(1, 2).matMul(inverse);
    NDArray scaledMeans = BatchedMatrices.times(precision, means);
    // -1/2 (z - mu)^T P (z - mu) = [z z^T, z] . [-P/2, P mu] - mu^T P mu / 2
    NDArray latents = Tensors.toFloat64(values);
    int last = latents.getShape().dimension() - 1;
    NDArray products = latents.expandDims(last + 1).mul(latents.expandDims(last));
    NDArray features =
        products
            .reshape(latents.getShape().slice(0, last).add(size() * size()))
            .concat(latents, last);
    NDArray weights =
        Tensors.multiply(precision, -0.5).reshape(-1, size() * size()).concat(scaledMeans, 1);
    NDArray bias = normalised(Tensors.sumLast(means.mul(scaledMeans)));
    return features.getNDArrayInternal().linear(features, weights, bias).singletonOrThrow();
  }

  /** The log-density, given the square of standardised values, shape (..., batch). */
  private NDArray normalised(NDArray squares) {
    NDArray sum = squares.add(logDeterminant()).add(size() * LOG_2PI);
    return Tensors.multiply(sum, -0.5);
  }

  /** L^-1, shape (batch, M, M), float64. */
  private NDArray inverse() {
    return Tensors.toFloat64(scale).inverse();
  }

  /** log det (L L^T), shape (batch), float64. */
  private NDArray logDeterminant() {
    int last = scale.getShape().dimension() - 1;
    NDArray diagonal = Tensors.toFloat64(scale).diagonal(0, last - 1, last);
    return Tensors.multiply(Tensors.sumLast(diagonal.log()), 2);
  }

  /**
   * {@inheritDoc} Known for another Gaussian, diagonal or of any covariance: {@code 1/2 (tr(P
   * Sigma) + (mu - mu')^T P (mu - mu') - M - log det(P Sigma))}, P the other's precision.
   */
  @Override
  public Optional<NDArray> divergence(Distribution other) {
    if (other instanceof DiagonalGaussian prior) {
      NDArray variances = Tensors.sumLast(Tensors.toFloat64(scale).square());
      return Optional.of(prior.divergenceFrom(mean, variances, logDeterminant()));
    }
    return other instanceof FullCovarianceGaussian prior
        ? Optional.of(prior.divergenceFrom(mean, scale, logDeterminant()))
        : Optional.empty();
  }

  /**
   * The divergence of other Gaussians from these, {@code KL(other || this)}.
   *
   * @param others their means, shape (batch, M)
   * @param root a square root of their covariance S S^T, shape (batch, M, any)
   * @param logDeterminant of their covariance, shape (batch)
   * @return shape (batch), float64
   */
  NDArray divergenceFrom(NDArray others, NDArray root, NDArray logDeterminant) {
    NDArray inverse = inverse();
    NDArray difference = Tensors.toFloat64(others).sub(Tensors.toFloat64(mean));
    NDArray spread = inverse.matMul(Tensors.toFloat64(root)).square();
    NDArray squares =
        Tensors.sumLast(Tensors.sumLast(spread))
            .add(Tensors.sumLast(BatchedMatrices.times(inverse, difference).square()));
    NDArray logRatio = logDeterminant().sub(logDeterminant);
    return Tensors.multiply(squares.add(logRatio).sub(size()), 0.5);
  }

  @Override
  public FullCovarianceGaussian map(UnaryOperator<NDArray> change) {
    return new FullCovarianceGaussian(change.apply(mean), change.apply(scale));
  }

  private long size() {
    return event().get(0);
  }
}
