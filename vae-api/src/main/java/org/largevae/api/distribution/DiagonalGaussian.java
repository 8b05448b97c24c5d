package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/**
 * Gaussians with diagonal covariance: {@code log N(z | mu, sigma^2) = -1/2 sum_m (log 2 pi + log
 * sigma_m^2 + (z_m - mu_m)^2 / sigma_m^2)} (Kingma and Welling 2014, arXiv:1312.6114, appendix
 * C.2).
 *
 * @param mean shape (batch, M)
 * @param logVariance log sigma^2, shape (batch, M)
 */
public record DiagonalGaussian(NDArray mean, NDArray logVariance) implements Factorised {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  /**
   * Checks the shapes.
   *
   * @throws ShapeException if they differ or have no axis
   */
  public DiagonalGaussian {
    if (mean.getShape().dimension() == 0 || !mean.getShape().equals(logVariance.getShape())) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "mean %s and log variance %s must both have the shape (..., M)",
              mean.getShape(),
              logVariance.getShape()));
    }
  }

  /**
   * The standard Gaussian N(0, I), a batch ().
   *
   * @param manager makes its arrays
   * @param size M
   * @return the distribution
   */
  public static DiagonalGaussian standard(NDManager manager, long size) {
    NDArray zeros = manager.zeros(new Shape(size));
    return new DiagonalGaussian(zeros, zeros);
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
    return normal.mul(Tensors.multiply(logVariance, 0.5).exp()).add(mean);
  }

  @Override
  public NDArray logProb(NDArray value) {
    NDArray squares = standardisedSquares(value);
    // two sums are cheaper than adding the arrays first
    NDArray sum = Tensors.sumLast(squares).add(Tensors.sumLast(logVariance));
    return Tensors.multiply(sum.add(size() * LOG_2PI), -0.5);
  }

  @Override
  public NDArray logProbEach(NDArray value) {
    return Tensors.multiply(standardisedSquares(value).add(logVariance).add(LOG_2PI), -0.5);
  }

  private NDArray standardisedSquares(NDArray value) {
    Shapes.requireFit(value, batch(), size());
    return value.sub(mean).mul(Tensors.multiply(logVariance, -0.5).exp()).square();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Expands the square, so that all pairs come out of one matrix product instead of an (N, B, M)
   * array. The expansion cancels badly in float32 where variances are small; in float64 its error
   * stays below 1e-9 for variances down to exp(-6).
   *
   * @return shape (..., B), float64
   */
  @Override
  public NDArray logProbPairwise(NDArray values) {
    Shapes.requireEvent(values, size());
    NDArray latents = Tensors.toFloat64(values);
    NDArray means = Tensors.toFloat64(mean);
    NDArray logVariances = Tensors.toFloat64(logVariance);
    NDArray precision = logVariances.neg().exp();
    NDArray scaledMeans = means.mul(precision);
    NDArray constant =
        Tensors.sumLast(means.mul(scaledMeans).add(logVariances)).add(size() * LOG_2PI);
    // -1/2 sum((z - mu)^2 / sigma^2 + ...) = [z^2, z] . [-precision/2, mu precision] - constant/2
    int last = latents.getShape().dimension() - 1;
    NDArray features = latents.square().concat(latents, last);
    NDArray weights = Tensors.multiply(precision, -0.5).concat(scaledMeans, 1);
    NDArray bias = Tensors.multiply(constant, -0.5);
    return features.getNDArrayInternal().linear(features, weights, bias).singletonOrThrow();
  }

  /**
   * {@inheritDoc} Known for another Gaussian that is diagonal (Kingma and Welling 2014, appendix B)
   * or given by its Cholesky factor.
   */
  @Override
  public Optional<NDArray> divergence(Distribution other) {
    if (other instanceof FullCovarianceGaussian prior) {
      NDArray logDeterminant = Tensors.sumLast(Tensors.toFloat64(logVariance));
      return Optional.of(prior.divergenceFrom(mean, root(), logDeterminant));
    }
    if (!(other instanceof DiagonalGaussian prior)) {
      return Optional.empty();
    }
    NDArray difference = logVariance.sub(prior.logVariance);
    NDArray squares = mean.sub(prior.mean).square().mul(prior.logVariance.neg().exp());
    NDArray each = difference.exp().add(squares).sub(difference).sub(1);
    return Optional.of(Tensors.multiply(Tensors.sumLast(each), 0.5));
  }

  /** The diagonal matrix of standard deviations, shape (batch, M, M). */
  NDArray root() {
    int size = (int) size();
    NDArray deviations = Tensors.multiply(logVariance, 0.5).exp();
    NDArray unit = mean.getManager().eye(size, size, 0, mean.getDataType());
    return unit.mul(deviations.expandDims(deviations.getShape().dimension()));
  }

  /**
   * The divergence of other Gaussians from these, {@code KL(other || this)}.
   *
   * @param others their means, shape (batch, M)
   * @param variances the diagonal of their covariance, shape (batch, M), float64
   * @param logDeterminant of their covariance, shape (batch), float64
   * @return shape (batch), float64
   */
  NDArray divergenceFrom(NDArray others, NDArray variances, NDArray logDeterminant) {
    NDArray logVariances = Tensors.toFloat64(logVariance);
    NDArray difference = Tensors.toFloat64(others).sub(Tensors.toFloat64(mean));
    NDArray scaled = difference.square().add(variances).mul(logVariances.neg().exp());
    NDArray sum = Tensors.sumLast(scaled.add(logVariances)).sub(logDeterminant).sub(size());
    return Tensors.multiply(sum, 0.5);
  }

  @Override
  public DiagonalGaussian map(UnaryOperator<NDArray> change) {
    return new DiagonalGaussian(change.apply(mean), change.apply(logVariance));
  }

  private long size() {
    return event().get(0);
  }
}
