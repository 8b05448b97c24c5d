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
   * The encoder of a level; its parameters have no values yet.
   *
   * @param settings the sizes of the gated layers
   * @param shape its level's sizes
   * @param posterior what it gives the parameters of
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public GatedMlpEncoder(GatedMlpSettings settings, ModelShape shape, Posterior posterior) {
    super(
        posterior,
        new EncoderInput(shape),
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
    this(new GatedMlpSettings(sizes(hidden)), shape, posterior);
  }

  private static List<Integer> sizes(int... hidden) {
    return Arrays.stream(hidden).boxed().toList();
  }
}
