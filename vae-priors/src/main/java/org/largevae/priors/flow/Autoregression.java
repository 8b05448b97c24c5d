package org.largevae.priors.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.network.FlowNetwork;
import org.largevae.api.tensor.Tensors;

/**
 * A step that maps each latent by what the latents before it say (Papamakarios et al. 2017,
 * arXiv:1705.07057, section 3.1). Towards the base it takes one pass through the network, back as
 * many as there are latents.
 *
 * @param network the masked network
 * @param map the family of maps
 */
record Autoregression(FlowNetwork network, ElementwiseMap map) implements FlowStep {

  /**
   * Steps whose order of the latents is reversed from one to the next.
   *
   * @param block gets the parameters
   * @param size M
   * @param count how many steps
   * @param hidden the sizes of the networks' hidden layers
   * @param map the family of maps
   * @return the steps towards the base
   */
  static List<FlowStep> alternating(
      ParameterBlock block, int size, int count, List<Integer> hidden, ElementwiseMap map) {
    List<FlowStep> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean reversed = i % 2 == 1;
      FlowNetwork network =
          FlowNetwork.autoregressive(
              block, "layer" + (i + 1), size, reversed, hidden, map.heads(), 0);
      steps.add(new Autoregression(network, map));
    }
    return steps;
  }

  @Override
  public Mapped toBase(NDArray z, Function<Parameter, NDArray> values) {
    Mapped mapped = map.toBase(z, network.apply(values, z));
    return new Mapped(mapped.value(), Tensors.sumLast(mapped.logDerivative()));
  }

  /** After the n-th pass the first n latents, in the step's order, are right and stay so. */
  @Override
  public NDArray fromBase(NDArray base, Function<Parameter, NDArray> values) {
    NDArray z = base.zerosLike();
    long size = base.getShape().get(base.getShape().dimension() - 1);
    for (long pass = 0; pass < size; pass++) {
      z = map.fromBase(base, network.apply(values, z));
    }
    return z;
  }
}
