package org.largevae.networks;

import java.util.Arrays;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.likelihood.Likelihood;

/**
 * {@code p(x|z)}: gated dense layers, and one linear head for each of the likelihood's parameters
 * (Tomczak and Welling 2018). The network's input is the latents of all levels, top first.
 */
public final class GatedMlpDecoder extends DenseDecoder {
  /**
   * The decoder of a model with one level; its parameters have no values yet.
   *
   * @param settings the sizes of the gated layers
   * @param shape its level's sizes
   * @param likelihood what it gives the parameters of
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public GatedMlpDecoder(
      GatedMlpDecoderSettings settings, ModelShape shape, Likelihood likelihood) {
    this(settings, shape, likelihood, 0);
  }

  /**
   * The decoder of a model with several levels; its parameters have no values yet.
   *
   * @param settings the sizes of the gated layers
   * @param shape the lowest level's sizes
   * @param likelihood what it gives the parameters of
   * @param latentsAbove the number of latents of the levels above, together
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public GatedMlpDecoder(
      GatedMlpDecoderSettings settings, ModelShape shape, Likelihood likelihood, int latentsAbove) {
    super(
        likelihood,
        DenseNetwork.gated(
            shape.latentSize() + latentsAbove,
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
    this(new GatedMlpDecoderSettings(Arrays.stream(hidden).boxed().toList()), shape, likelihood);
  }
}
