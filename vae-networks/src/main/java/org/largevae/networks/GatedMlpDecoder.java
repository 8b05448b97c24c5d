package org.largevae.networks;

import java.util.Arrays;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.likelihood.Likelihood;

/**
 * {@code p(x|z)}: gated dense layers, and one linear head for each of the likelihood's parameters
 * (Tomczak and Welling 2018). The latents of each level are an input of the network.
 */
public final class GatedMlpDecoder extends DenseDecoder {
  /**
   * A decoder; its parameters have no values yet.
   *
   * @param settings the sizes of the gated layers
   * @param shape the sizes of the lowest level, and of those above
   * @param likelihood what it gives the parameters of
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public GatedMlpDecoder(GatedMlpSettings settings, ModelShape shape, Likelihood likelihood) {
    super(
        likelihood,
        DenseNetwork.gated(
            latentSizes(shape),
            SettingsSchema.check(settings).hidden(),
            likelihood.parameters().size()));
  }

  /**
   * The decoder of a model with one level; its parameters have no values yet.
   *
   * @param shape its level's sizes
   * @param likelihood what it gives the parameters of
   * @param hidden the sizes of the gated layers, first to last, at least one, each at least 1
   * @throws IllegalArgumentException if a size is below 1 or there is none
   */
  public GatedMlpDecoder(ModelShape shape, Likelihood likelihood, int... hidden) {
    this(new GatedMlpSettings(Arrays.stream(hidden).boxed().toList()), shape, likelihood);
  }
}
