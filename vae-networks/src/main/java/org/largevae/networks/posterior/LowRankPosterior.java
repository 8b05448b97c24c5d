package org.largevae.networks.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.LowRankGaussian;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.network.Posterior;
import org.largevae.api.tensor.Tensors;

/**
 * {@code q(z|x) = N(z | mu(x), diag sigma^2(x) + U(x) U(x)^T)}, U of r columns (Rezende et al.
 * 2014, arXiv:1401.4082, section 4.3). Its parameters are mu, log sigma^2 and 10 U, row by row,
 * side by side: the posterior starts near a diagonal one. With U = 0 it is the {@link
 * GaussianPosterior}, and log sigma^2 is clamped as there.
 */
public final class LowRankPosterior implements Posterior {
  /**
   * What the encoder gives for U is scaled down, so that the start is near a diagonal posterior.
   */
  private static final double FACTOR_SCALE = 0.1;

  private final LowRankPosteriorSettings settings;
  private final long latentSize;

  /**
   * A Gaussian of low-rank and diagonal covariance.
   *
   * @param settings the rank and the bounds of log sigma^2
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public LowRankPosterior(LowRankPosteriorSettings settings, ModelShape shape) {
    this.settings = SettingsSchema.check(settings);
    this.latentSize = shape.latentSize();
  }

  /**
   * A Gaussian of low-rank and diagonal covariance with the default bounds of log sigma^2.
   *
   * @param shape its level's sizes
   * @param rank r, at least 1
   * @throws IllegalArgumentException if the rank is below 1
   */
  public LowRankPosterior(ModelShape shape, int rank) {
    this(LowRankPosteriorSettings.of(rank), shape);
  }

  @Override
  public long parameters() {
    return (2 + settings.rank()) * latentSize;
  }

  @Override
  public LowRankGaussian of(NDArray parameters, Pass pass) {
    Shapes.requireEvent(parameters, parameters());
    int last = parameters.getShape().dimension() - 1;
    NDList parts = parameters.split(new long[] {latentSize, 2 * latentSize}, last);
    NDArray logVariance =
        Tensors.clamp(parts.get(1), settings.logVarianceMin(), settings.logVarianceMax());
    Shape factors =
        parameters.getShape().slice(0, last).addAll(new Shape(latentSize, settings.rank()));
    NDArray factor = Tensors.multiply(parts.get(2), FACTOR_SCALE).reshape(factors);
    return new LowRankGaussian(parts.get(0), logVariance, factor);
  }
}
