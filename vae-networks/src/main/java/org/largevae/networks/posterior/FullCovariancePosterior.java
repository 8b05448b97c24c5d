package org.largevae.networks.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.FullCovarianceGaussian;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.network.Posterior;
import org.largevae.api.tensor.Tensors;

/**
 * {@code q(z|x) = N(z | mu(x), L(x) L(x)^T)}, {@code L = D (I + N)}, D = diag sigma and N strictly
 * lower triangular (Kingma and Welling 2019, arXiv:1906.02691, section 2.5.1; the diagonal is taken
 * out of N so that L stays well-conditioned where sigma gets small). Its parameters are mu, log
 * sigma^2 and 10 N, side by side: the posterior starts near a diagonal one. With N = 0 it is the
 * {@link GaussianPosterior}, and log sigma^2 is clamped as there.
 */
public final class FullCovariancePosterior implements Posterior {
  /**
   * What the encoder gives for N is scaled down, so that the start is near a diagonal posterior.
   */
  private static final double BELOW_SCALE = 0.1;

  private final GaussianPosteriorSettings settings;
  private final long latentSize;

  /**
   * A Gaussian of any covariance.
   *
   * @param settings the bounds of log sigma^2
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public FullCovariancePosterior(GaussianPosteriorSettings settings, ModelShape shape) {
    this.settings = SettingsSchema.check(settings);
    this.latentSize = shape.latentSize();
  }

  /**
   * A Gaussian of any covariance with the default bounds of log sigma^2.
   *
   * @param shape its level's sizes
   */
  public FullCovariancePosterior(ModelShape shape) {
    this(GaussianPosteriorSettings.defaults(), shape);
  }

  @Override
  public long parameters() {
    return 2 * latentSize + latentSize * (latentSize - 1) / 2;
  }

  @Override
  public FullCovarianceGaussian of(NDArray parameters, Pass pass) {
    Shapes.requireEvent(parameters, parameters());
    long[] ends = {latentSize, 2 * latentSize};
    NDList parts = parameters.split(ends, parameters.getShape().dimension() - 1);
    NDArray logVariance =
        Tensors.clamp(parts.get(1), settings.logVarianceMin(), settings.logVarianceMax());
    NDArray below = Tensors.multiply(parts.get(2), BELOW_SCALE);
    return FullCovarianceGaussian.of(parts.get(0), logVariance, below);
  }
}
