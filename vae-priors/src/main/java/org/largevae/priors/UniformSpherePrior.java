package org.largevae.priors;

import org.largevae.api.config.SettingException;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.UniformSphere;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;

/**
 * The uniform prior on the unit sphere, {@code p(z) = 1 / |S^(m-1)|} (Davidson et al. 2018,
 * arXiv:1804.00891), for posteriors that live there. The m latents are the coordinates of a point,
 * one more than the dimension of the sphere. It has no parameters.
 */
public final class UniformSpherePrior implements Prior {
  private final int latentSize;

  /**
   * A uniform prior.
   *
   * @param shape its level's sizes
   * @throws SettingException if there are fewer than 2 latents
   */
  public UniformSpherePrior(ModelShape shape) {
    this.latentSize = shape.latentSize();
    if (latentSize < 2) {
      throw new SettingException(
          "type",
          "lives on the unit sphere in R^m, m = model.latent-size, and needs at least 2 latents");
    }
  }

  @Override
  public Density distribution(PriorContext context) {
    return new UniformSphere(context.pass().manager(), latentSize);
  }
}
