package org.largevae.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import java.util.List;
import java.util.Optional;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
import org.largevae.api.network.Decoder;

/**
 * Maps latents to the likelihood's parameters by gated dense layers and one linear head for each
 * parameter (Tomczak and Welling 2018).
 */
public final class GatedMlpDecoder implements Decoder {
  private final GatedMlp network;
  private final int parameterCount;

  /**
   * A decoder; its parameters have no values yet.
   *
   * @param shape the model's sizes
   * @param hidden the sizes of the gated layers, at least one, each at least 1
   * @param parameterCount how many arrays the likelihood needs, at least 1
   * @throws IllegalArgumentException if an argument breaks its rule
   */
  public GatedMlpDecoder(ModelShape shape, List<Integer> hidden, int parameterCount) {
    this.network =
        new GatedMlp(shape.latentSize(), hidden, (long) parameterCount * shape.dimensions());
    this.parameterCount = parameterCount;
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(network);
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.largevae.api.tensor.ShapeException if the last axis of z is not M
   */
  @Override
  public NDList decode(NDArray z, Pass pass) {
    return LinearMap.parts(pass.forward(network, z), parameterCount);
  }
}
