package org.largevae.networks.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.network.Posterior;
import org.largevae.api.tensor.Tensors;

/**
 * {@code q(z|x) = N(z | mu(x), diag sigma^2(x))} (Kingma and Welling 2014). Its parameters are mu
 * and log sigma^2, side by side. The log variance is clamped: a vanishing variance makes densities
 * explode, and with them the gradients of a VampPrior.
 */
public final class GaussianPosterior implements Posterior {
  private final GaussianPosteriorSettings settings;
  private final int latentSize;

  /**
   * A diagonal Gaussian.
   *
   * @param settings the bounds of log sigma^2
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public GaussianPosterior(GaussianPosteriorSettings settings, ModelShape shape) {
    this.settings = SettingsSchema.check(settings);
    this.latentSize = shape.latentSize();
  }

  /**
   * A diagonal Gaussian with the default bounds of log sigma^2.
   *
   * @param shape its level's sizes
   */
  public GaussianPosterior(ModelShape shape) {
    this(GaussianPosteriorSettings.defaults(), shape);
  }

  @Override
  public long parameters() {
    return 2L * latentSize;
  }

  @Override
  public DiagonalGaussian of(NDArray parameters, Pass pass) {
    Shapes.requireEvent(parameters, parameters());
    // views: to copy them costs more than to read them with a stride
    NDList parts = parameters.split(2, parameters.getShape().dimension() - 1);
    NDArray logVariance =
        Tensors.clamp(parts.get(1), settings.logVarianceMin(), settings.logVarianceMax());
    return new DiagonalGaussian(parts.get(0), logVariance);
  }
}
