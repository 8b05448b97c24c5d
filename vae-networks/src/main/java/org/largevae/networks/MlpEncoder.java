package org.largevae.networks;

import java.util.Arrays;
import java.util.List;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.network.Posterior;
import org.largevae.networks.posterior.GaussianPosterior;

/**
 * {@code q(z|x)} by plain dense layers, each followed by an activation function, and one linear map
 * to the posterior's parameters (Kingma and Welling 2014).
 */
public final class MlpEncoder extends DenseEncoder {
  /**
   * The encoder of a level; its parameters have no values yet.
   *
   * @param settings the sizes of the layers and their activation function
   * @param shape its level's sizes
   * @param posterior what it gives the parameters of
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public MlpEncoder(MlpSettings settings, ModelShape shape, Posterior posterior) {
    super(
        posterior,
        new EncoderInput(shape),
        (inputs, outputs) ->
            DenseNetwork.plain(
                settings.activation(), inputs, SettingsSchema.check(settings).hidden(), outputs));
  }

  /**
   * An encoder of rectified linear units with a diagonal Gaussian posterior; its parameters have no
   * values yet.
   *
   * @param shape its level's sizes
   * @param hidden the sizes of the layers, first to last, at least one, each at least 1
   * @throws IllegalArgumentException if a size is below 1 or there is none
   */
  public MlpEncoder(ModelShape shape, int... hidden) {
    this(shape, new GaussianPosterior(shape), hidden);
  }

  /**
   * An encoder of rectified linear units; its parameters have no values yet.
   *
   * @param shape its level's sizes
   * @param posterior what it gives the parameters of
   * @param hidden the sizes of the layers, first to last, at least one, each at least 1
   * @throws IllegalArgumentException if a size is below 1 or there is none
   */
  public MlpEncoder(ModelShape shape, Posterior posterior, int... hidden) {
    this(new MlpSettings(sizes(hidden), Activation.RELU), shape, posterior);
  }

  private static List<Integer> sizes(int... hidden) {
    return Arrays.stream(hidden).boxed().toList();
  }
}
