package org.largevae.networks.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.function.BiFunction;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.tensor.Tensors;

/**
 * Turns m + 1 unconstrained numbers h into a direction and a concentration: {@code mu = h_1..m /
 * |h_1..m|}, {@code kappa = min(softplus(h_{m+1}) + least, greatest)} (Davidson et al. 2018,
 * arXiv:1804.00891, section 4).
 */
final class SphereHead {
  private final SpherePosteriorSettings settings;
  private final int coordinates;

  /**
   * A head.
   *
   * @throws SettingException if there are fewer than 2 latents
   */
  SphereHead(SpherePosteriorSettings settings, ModelShape shape) {
    this.settings = SettingsSchema.check(settings);
    this.coordinates = shape.latentSize();
    if (coordinates < 2) {
      throw new SettingException(
          "type",
          "lives on the unit sphere in R^m, m = model.latent-size, and needs at least 2 latents");
    }
  }

  /** m + 1. */
  long parameters() {
    return coordinates + 1L;
  }

  /** The distribution of a direction (..., m) and a concentration (...). */
  <D> D of(NDArray parameters, BiFunction<NDArray, NDArray, D> family) {
    Shapes.requireEvent(parameters, parameters());
    Shape shape = parameters.getShape();
    int last = shape.dimension() - 1;
    NDList parts = parameters.split(new long[] {coordinates}, last);
    // not 0, which has no direction
    NDArray direction = parts.get(0).add(1e-15);
    NDArray length = direction.square().sum(new int[] {last}, true).sqrt();
    NDArray concentration =
        Tensors.softplus(parts.get(1).squeeze(last)).add(settings.concentrationMin());
    return family.apply(
        direction.div(length),
        Tensors.clamp(concentration, settings.concentrationMin(), settings.concentrationMax()));
  }
}
