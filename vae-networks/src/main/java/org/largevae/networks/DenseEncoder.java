package org.largevae.networks;

import ai.djl.nn.Block;
import java.util.List;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Latents;
import org.largevae.api.network.Encoder;
import org.largevae.api.network.Posterior;

/**
 * An encoder of dense layers of some kind.
 *
 * <p>The network's first input is x, but categories as indicators and counts and positive values as
 * logs, with 0 for a value that is missing; behind these, for data that may lack values, 1 for each
 * that is known and 0 for each that is missing. The latents of each level above are an input of
 * their own.
 */
abstract sealed class DenseEncoder implements Encoder permits GatedMlpEncoder, MlpEncoder {
  private final Posterior posterior;
  private final EncoderInput input;
  private final DenseNetwork network;

  /** Makes a network from the sizes of its inputs and of its output. */
  @FunctionalInterface
  interface NetworkMaker {
    DenseNetwork make(List<Integer> inputs, long outputs);
  }

  DenseEncoder(Posterior posterior, EncoderInput input, NetworkMaker maker) {
    this.posterior = posterior;
    this.input = input;
    this.network = maker.make(input.sizes(), posterior.parameters());
  }

  @Override
  public final Optional<Posterior> posterior() {
    return Optional.of(posterior);
  }

  @Override
  public final Optional<Block> block() {
    return Optional.of(network);
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.largevae.api.tensor.ShapeException if x is not of shape (B, D), or latents do not
   *     fit it or the network
   */
  @Override
  public final Distribution encode(Batch batch, Latents above, Pass pass) {
    return posterior.of(pass.forward(network, input.of(batch, above)), pass);
  }
}
