package org.largevae.networks.posterior;

import ai.djl.ndarray.NDArray;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.ModelShape;
import org.largevae.api.network.Posterior;

/**
 * Power spherical posteriors on the unit sphere, {@code q(z|x)} proportional to {@code (1 +
 * mu(x)'z)^kappa(x)} (De Cao and Aziz 2020, arXiv:2006.04437).
 *
 * <p>The latents are the m coordinates of a point, m being the latent size, one more than the
 * dimension of the sphere, which Davidson et al. call d. Draws of a pass that does not train carry
 * no gradient with respect to the concentration.
 */
public final class PowerSphericalPosterior implements Posterior {
  private final SphereHead head;

  /**
   * A posterior on the sphere.
   *
   * @param settings the bounds of the concentration
   * @param shape its level's sizes
   * @throws SettingException if there are fewer than 2 latents
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public PowerSphericalPosterior(SpherePosteriorSettings settings, ModelShape shape) {
    this.head = new SphereHead(settings, shape);
  }

  /**
   * A posterior on the sphere with the default bounds of the concentration.
   *
   * @param shape its level's sizes
   * @throws SettingException if there are fewer than 2 latents
   */
  public PowerSphericalPosterior(ModelShape shape) {
    this(SpherePosteriorSettings.defaults(), shape);
  }

  @Override
  public long parameters() {
    return head.parameters();
  }

  @Override
  public PowerSpherical of(NDArray parameters, Pass pass) {
    return head.of(
        parameters,
        (direction, concentration) ->
            new PowerSpherical(direction, concentration, pass.isTraining()));
  }
}
