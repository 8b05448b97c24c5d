package org.largevae.priors.flow;

import org.largevae.api.component.ParameterBlock;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;

/**
 * The masked autoregressive flow prior: {@code log p(z) = log N(f(z) | 0, I) - sum s}, exact, where
 * f is a chain of layers {@code e_i = (z_i - t_i) exp(-s_i)} with t_i and s_i from the latents
 * before i by a masked network, whose order of the latents is reversed from layer to layer
 * (Papamakarios et al. 2017, arXiv:1705.07057).
 *
 * <p>It starts as the standard Gaussian, exactly. The density takes one pass through each layer's
 * network, drawing takes M.
 */
public final class MaskedAutoregressiveFlow extends FlowPrior {

  /**
   * A prior; its parameters have no values yet.
   *
   * @param settings its sizes
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public MaskedAutoregressiveFlow(MaskedAutoregressiveFlowSettings settings, ModelShape shape) {
    this(SettingsSchema.check(settings), shape, new ParameterBlock());
  }

  /**
   * With the defaults of all settings; its parameters have no values yet.
   *
   * @param shape its level's sizes
   */
  public MaskedAutoregressiveFlow(ModelShape shape) {
    this(SettingsSchema.of(MaskedAutoregressiveFlowSettings.class).defaultValues(), shape);
  }

  private MaskedAutoregressiveFlow(
      MaskedAutoregressiveFlowSettings settings, ModelShape shape, ParameterBlock block) {
    super(
        shape.latentSize(),
        block,
        Autoregression.alternating(
            block,
            shape.latentSize(),
            settings.layers(),
            settings.hidden(),
            new AffineMap(settings.scaleBound())));
  }
}
