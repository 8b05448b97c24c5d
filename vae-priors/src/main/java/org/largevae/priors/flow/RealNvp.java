package org.largevae.priors.flow;

import org.largevae.api.component.ParameterBlock;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;

/**
 * The RealNVP prior: {@code log p(z) = log N(f(z) | 0, I) - sum s}, exact, where f is a chain of
 * affine couplings {@code e_a = z_a, e_b = (z_b - t(z_a)) exp(-s(z_a))} whose halves a and b change
 * roles from one to the next (Dinh et al. 2017, arXiv:1605.08803).
 *
 * <p>It starts as the standard Gaussian, exactly. Drawing takes one pass, as the density does.
 */
public final class RealNvp extends FlowPrior {

  /**
   * A prior; its parameters have no values yet.
   *
   * @param settings its sizes
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds, or there is one latent only
   */
  public RealNvp(RealNvpSettings settings, ModelShape shape) {
    this(SettingsSchema.check(settings), shape, new ParameterBlock());
  }

  /**
   * With the defaults of all settings; its parameters have no values yet.
   *
   * @param shape its level's sizes
   */
  public RealNvp(ModelShape shape) {
    this(SettingsSchema.of(RealNvpSettings.class).defaultValues(), shape);
  }

  private RealNvp(RealNvpSettings settings, ModelShape shape, ParameterBlock block) {
    super(
        shape.latentSize(),
        block,
        Coupling.alternating(
            block,
            shape.latentSize(),
            settings.couplings(),
            settings.hidden(),
            new AffineMap(settings.scaleBound())));
  }
}
