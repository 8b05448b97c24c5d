package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/**
 * Gaussians with diagonal covariance: {@code log N(z | mu, sigma^2) = -1/2 sum_m (log 2 pi + log
 * sigma_m^2 + (z_m - mu_m)^2 / sigma_m^2)} (Kingma and Welling 2014, appendix C.2).
 */
public final class DiagonalGaussian implements Posterior {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  private final NDArray mean;
  private final NDArray logVariance;

  /**
   * Gaussians of the given moments.
   *
   * @param mean shape (B, M)
   * @param logVariance log sigma^2, shape (B, M)
   * @throws ShapeException if the shapes differ or are not of rank 2
   */
  public DiagonalGaussian(NDArray mean, NDArray logVariance) {
    if (mean.getShape().dimension() != 2 || !mean.getShape().equals(logVariance.getShape())) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "mean %s and log variance %s must both have the shape (B, M)",
              mean.getShape(),
              logVariance.getShape()));
    }
    this.mean = mean;
    this.logVariance = logVariance;
  }

  @Override
  public long size() {
    return mean.getShape().get(0);
  }

  @Override
  public NDArray mean() {
    return mean;
  }

  /**
   * The logarithm of each variance.
   *
   * @return log sigma^2, shape (B, M)
   */
  public NDArray logVariance() {
    return logVariance;
  }

  @Override
  public NDArray sample(int count) {
    Shape shape = mean.getShape();
    NDArray noise =
        mean.getManager()
            .randomNormal(new Shape(count, shape.get(0), shape.get(1)), mean.getDataType());
    return noise.mul(Tensors.multiply(logVariance, 0.5).exp()).add(mean);
  }

  @Override
  public NDArray logProb(NDArray z) {
    Shape rows = mean.getShape();
    int rank = z.getShape().dimension();
    check(
        (rank == 2 || rank == 3) && z.getShape().slice(rank - 2).equals(rows),
        z,
        String.format(Locale.ROOT, "%s or (S, %d, %d)", rows, size(), latentSize()));
    NDArray standardised = z.sub(mean).mul(Tensors.multiply(logVariance, -0.5).exp());
    NDArray sum = Tensors.sumLast(standardised.square().add(logVariance));
    return Tensors.multiply(sum.add(latentSize() * LOG_2PI), -0.5);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Expands the square, so that all pairs come out of one matrix product instead of an (N, B, M)
   * array. The expansion cancels badly in float32 where variances are small; in float64 its error
   * stays below 1e-9 for variances down to exp(-6).
   *
   * @return shape (N, B), float64
   */
  @Override
  public NDArray logProbPairwise(NDArray z) {
    Shape shape = z.getShape();
    check(
        shape.dimension() == 2 && shape.get(1) == latentSize(),
        z,
        String.format(Locale.ROOT, "(N, %d)", latentSize()));
    NDArray latents = Tensors.toFloat64(z);
    NDArray means = Tensors.toFloat64(mean);
    NDArray logVariances = Tensors.toFloat64(logVariance);
    NDArray precision = logVariances.neg().exp();
    NDArray scaledMeans = means.mul(precision);
    NDArray constant =
        Tensors.sumLast(means.mul(scaledMeans).add(logVariances)).add(latentSize() * LOG_2PI);
    // -1/2 sum((z - mu)^2 / sigma^2 + ...) = [z^2, z] . [-precision/2, mu precision] - constant/2
    NDArray features = latents.square().concat(latents, 1);
    NDArray weights = Tensors.multiply(precision, -0.5).concat(scaledMeans, 1);
    NDArray bias = Tensors.multiply(constant, -0.5);
    return features.getNDArrayInternal().linear(features, weights, bias).singletonOrThrow();
  }

  @Override
  public Posterior select(NDArray rows) {
    return new DiagonalGaussian(Tensors.rows(mean, rows), Tensors.rows(logVariance, rows));
  }

  private long latentSize() {
    return mean.getShape().get(1);
  }

  private static void check(boolean fits, NDArray z, String expected) {
    if (!fits) {
      throw new ShapeException(
          String.format(
              Locale.ROOT, "latents of shape %s must have the shape %s", z.getShape(), expected));
    }
  }
}
