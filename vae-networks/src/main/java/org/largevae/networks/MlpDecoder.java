package org.largevae.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.Arrays;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Latents;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.network.Decoder;

/**
 * {@code p(x|z)}: plain dense layers, each followed by an activation function, and one linear head
 * for each of the likelihood's parameters (Kingma and Welling 2014). The network's input is the
 * latents of all levels, top first.
 */
public final class MlpDecoder implements Decoder {
  private final Likelihood likelihood;
  private final DenseNetwork network;

  /**
   * The decoder of a model with one level; its parameters have no values yet.
   *
   * @param settings the sizes of the layers and their activation function
   * @param shape its level's sizes
   * @param likelihood what it gives the parameters of
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public MlpDecoder(MlpDecoderSettings settings, ModelShape shape, Likelihood likelihood) {
    this(settings, shape, likelihood, 0);
  }

  /**
   * The decoder of a model with several levels; its parameters have no values yet.
   *
   * @param settings the sizes of the layers and their activation function
   * @param shape the lowest level's sizes
   * @param likelihood what it gives the parameters of
   * @param latentsAbove the number of latents of the levels above, together
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public MlpDecoder(
      MlpDecoderSettings settings, ModelShape shape, Likelihood likelihood, int latentsAbove) {
    SettingsSchema.check(settings);
    this.likelihood = likelihood;
    this.network =
        DenseNetwork.plain(
            settings.activation(),
            shape.latentSize() + latentsAbove,
            settings.hidden(),
            likelihood.parameters().size());
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
        new MlpDecoderSettings(Arrays.stream(hidden).boxed().toList(), Activation.RELU),
        shape,
        likelihood);
  }

  @Override
  public Likelihood likelihood() {
    return likelihood;
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(network);
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.largevae.api.tensor.ShapeException if the levels' leading axes differ, or the
   *     latents are not as many as the network takes
   */
  @Override
  public Density decode(Latents latents, Pass pass) {
    NDArray flat = pass.forward(network, LinearMap.sideBySide(latents.levels()));
    Shape leading = flat.getShape().slice(0, flat.getShape().dimension() - 1);
    return likelihood.of(flat.reshape(leading.addAll(likelihood.parameters())), pass);
  }
}
