package org.largevae.networks;

import java.util.Arrays;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.likelihood.Likelihood;

/**
 * {@code p(x|z)}: plain dense layers, each followed by an activation function, and one linear head
 * for each of the likelihood's parameters (Kingma and Welling 2014). The network's input is the
 * latents of all levels, top first.
 */
public final class MlpDecoder extends DenseDecoder {
  /**
   * A decoder; its parameters have no values yet.
   *
   * @param settings the sizes of the layers and their activation function
   * @param shape the sizes of the lowest level, and of those above
   * @param likelihood what it gives the parameters of
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public MlpDecoder(MlpSettings settings, ModelShape shape, Likelihood likelihood) {
    super(
        likelihood,
        DenseNetwork.plain(
            settings.activation(),
            latentSizes(shape),
            SettingsSchema.check(settings).hidden(),
            likelihood.parameters().size()));
  }

  /**
   * A decoder of rectified linear units; its parameters have no values yet.
   *
   * @param shape its level's sizes
   * @param likelihood what it gives the parameters of
   * @param hidden the sizes of the layers, first to last, at least one, each at least 1
   * @throws IllegalArgumentException if a size is below 1 or there is none
   */
  public MlpDecoder(ModelShape shape, Likelihood likelihood, int... hidden) {
    this(
        new MlpSettings(Arrays.stream(hidden).boxed().toList(), Activation.RELU),
        shape,
        likelihood);
  }
}
