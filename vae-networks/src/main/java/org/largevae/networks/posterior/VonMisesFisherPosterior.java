package org.largevae.networks.posterior;

import ai.djl.ndarray.NDArray;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.ModelShape;
import org.largevae.api.network.Posterior;

/**
 * Von Mises-Fisher posteriors on the unit sphere, {@code q(z|x) = C_m(kappa(x)) exp(kappa(x)
 * mu(x)'z)} (Davidson et al. 2018, arXiv:1804.00891), the hyperspherical VAE.
 *
 * <p>The latents are the m coordinates of a point, m being the latent size, one more than the
 * dimension of the sphere, which Davidson et al. call d. Draws of a pass that does not train carry
 * no gradient with respect to the concentration.
 */
public final class VonMisesFisherPosterior implements Posterior {
  private final SphereHead head;

  /**
   * A posterior on the sphere.
   *
   * @param settings the bounds of the concentration
   * @param shape its level's sizes
   * @throws SettingException if there are fewer than 2 latents
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public VonMisesFisherPosterior(SpherePosteriorSettings settings, ModelShape shape) {
    this.head = new SphereHead(settings, shape);
  }

  /**
   * A posterior on the sphere with the default bounds of the concentration.
   *
   * @param shape its level's sizes
   * @throws SettingException if there are fewer than 2 latents
   */
  public VonMisesFisherPosterior(ModelShape shape) {
    this(SpherePosteriorSettings.defaults(), shape);
  }

  @Override
  public long parameters() {
    return head.parameters();
  }

  @Override
  public VonMisesFisher of(NDArray parameters, Pass pass) {
    return head.of(
        parameters,
        (direction, concentration) ->
            new VonMisesFisher(direction, concentration, pass.isTraining()));
  }
}
