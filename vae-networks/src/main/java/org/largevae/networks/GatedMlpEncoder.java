package org.largevae.networks;

import ai.djl.nn.Block;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.Batch;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Latents;
import org.largevae.api.network.Encoder;
import org.largevae.api.network.Posterior;
import org.largevae.networks.posterior.GaussianPosterior;

/**
 * {@code q(z|x)} by gated dense layers and one linear map to the posterior's parameters (Tomczak
 * and Welling 2018).
 *
 * <p>The network's input is x, but categories as indicators and counts and positive values as logs,
 * with 0 for a value that is missing; then, for data that may lack values, 1 for each that is known
 * and 0 for each that is missing; then the latents of the levels above.
 */
public final class GatedMlpEncoder implements Encoder {
  private final Posterior posterior;
  private final EncoderInput input;
  private final DenseNetwork network;

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
    SettingsSchema.check(settings);
    this.posterior = posterior;
    this.input = new EncoderInput(shape, latentsAbove);
    this.network = DenseNetwork.gated(input.size(), settings.hidden(), posterior.parameters());
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

  @Override
  public Optional<Posterior> posterior() {
    return Optional.of(posterior);
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(network);
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.largevae.api.tensor.ShapeException if x is not of shape (B, D), or latents do not
   *     fit it or the network
   */
  @Override
  public Distribution encode(Batch batch, Latents above, Pass pass) {
    return posterior.of(pass.forward(network, input.of(batch, above)), pass);
  }
}
