package org.largevae.priors.flow;

import org.largevae.api.component.ParameterBlock;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;

/**
 * The neural spline flow prior: {@code log p(z) = log N(f(z) | 0, I) + sum log f'}, exact, where f
 * is a chain of couplings {@code e_a = z_a, e_b = g(z_b; h(z_a))} by monotonic rational-quadratic
 * splines g (Durkan et al. 2019, arXiv:1906.04032). Beyond the bound splines are the identity.
 *
 * <p>It starts as the standard Gaussian, to rounding. Drawing takes one pass, as the density does.
 */
public final class NeuralSplineFlow extends FlowPrior {

  /**
   * A prior; its parameters have no values yet.
   *
   * @param settings its sizes
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds, or there is one latent only
   */
  public NeuralSplineFlow(NeuralSplineFlowSettings settings, ModelShape shape) {
    this(SettingsSchema.check(settings), shape, new ParameterBlock());
  }

  /**
   * With the defaults of all settings; its parameters have no values yet.
   *
   * @param shape its level's sizes
   */
  public NeuralSplineFlow(ModelShape shape) {
    this(SettingsSchema.of(NeuralSplineFlowSettings.class).defaultValues(), shape);
  }

  private NeuralSplineFlow(
      NeuralSplineFlowSettings settings, ModelShape shape, ParameterBlock block) {
    super(
        shape.latentSize(),
        block,
        Coupling.alternating(
            block,
            shape.latentSize(),
            settings.couplings(),
            settings.hidden(),
            new SplineMap(settings.bins(), settings.bound())));
  }
}
