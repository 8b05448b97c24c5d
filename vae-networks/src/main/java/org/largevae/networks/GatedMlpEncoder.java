package org.largevae.networks;

import java.util.Arrays;
import java.util.List;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.network.Posterior;
import org.largevae.networks.posterior.GaussianPosterior;

/**
 * {@code q(z|x)} by gated dense layers and one linear map to the posterior's parameters (Tomczak
 * and Welling 2018).
 */
public final class GatedMlpEncoder extends DenseEncoder {
  /**
   * The encoder of the only level or of the top one; its parameters have no values yet.
   *
   * @param settings the sizes of the gated layers
   * @param shape its level's sizes
   * @param posterior what it gives the parameters of
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public GatedMlpEncoder(GatedMlpEncoderSettings settings, ModelShape shape, Posterior posterior) {
    this(settings, shape, posterior, 0);
  }

  /**
   * The encoder of a level below others; its parameters have no values yet.
   *
   * @param settings the sizes of the gated layers
   * @param shape its level's sizes
   * @param posterior what it gives the parameters of
   * @param latentsAbove the number of latents of the levels above, together
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public GatedMlpEncoder(
      GatedMlpEncoderSettings settings, ModelShape shape, Posterior posterior, int latentsAbove) {
    super(
        posterior,
        new EncoderInput(shape, latentsAbove),
        (inputs, outputs) ->
            DenseNetwork.gated(inputs, SettingsSchema.check(settings).hidden(), outputs));
  }

  /**
   * An encoder with a diagonal Gaussian posterior; its parameters have no values yet.
   *
   * @param shape its level's sizes
   * @param hidden the sizes of the gated layers, first to last, at least one, each at least 1
   * @throws IllegalArgumentException if a size is below 1 or there is none
   */
  public GatedMlpEncoder(ModelShape shape, int... hidden) {
    this(shape, new GaussianPosterior(shape), hidden);
  }

  /**
   * An encoder with a posterior of any family; its parameters have no values yet.
   *
   * @param shape its level's sizes
   * @param posterior what it gives the parameters of
   * @param hidden the sizes of the gated layers, first to last, at least one, each at least 1
   * @throws IllegalArgumentException if a size is below 1 or there is none
   */
  public GatedMlpEncoder(ModelShape shape, Posterior posterior, int... hidden) {
    this(new GatedMlpEncoderSettings(sizes(hidden)), shape, posterior);
  }

  private static List<Integer> sizes(int... hidden) {
    return Arrays.stream(hidden).boxed().toList();
  }
}
