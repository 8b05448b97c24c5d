package org.largevae.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Latents;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.network.Decoder;

/**
 * A decoder of dense layers of some kind. The latents of each level are an input of the network,
 * top first.
 */
abstract sealed class DenseDecoder implements Decoder permits GatedMlpDecoder, MlpDecoder {
  private final Likelihood likelihood;
  private final DenseNetwork network;

  DenseDecoder(Likelihood likelihood, DenseNetwork network) {
    this.likelihood = likelihood;
    this.network = network;
  }

  /** Of all levels, top first. */
  static List<Integer> latentSizes(ModelShape shape) {
    List<Integer> sizes = new ArrayList<>(shape.latentSizesAbove());
    sizes.add(shape.latentSize());
    return sizes;
  }

  @Override
  public final Likelihood likelihood() {
    return likelihood;
  }

  @Override
  public final Optional<Block> block() {
    return Optional.of(network);
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.largevae.api.tensor.ShapeException if the levels' leading axes differ, or the
   *     latents are not as many as the network takes
   */
  @Override
  public final Density decode(Latents latents, Pass pass) {
    NDArray flat = pass.forward(network, new NDList(latents.levels()));
    Shape leading = flat.getShape().slice(0, flat.getShape().dimension() - 1);
    return likelihood.of(flat.reshape(leading.addAll(likelihood.parameters())), pass);
  }
}
