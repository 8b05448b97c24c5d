package org.largevae.priors.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.config.SettingException;
import org.largevae.api.network.FlowNetwork;
import org.largevae.api.tensor.Tensors;

/**
 * A coupling: one half of the latents stays, and a network computes from it the maps of the other
 * (Dinh et al. 2017, arXiv:1605.08803, section 3.2).
 *
 * @param network from the half that stays to the parameters of maps
 * @param map the family of maps
 * @param split how many latents are in the first half
 * @param changed the half that is mapped, 0 or 1
 */
record Coupling(FlowNetwork network, ElementwiseMap map, long split, int changed)
    implements FlowStep {

  /**
   * Couplings that map the second half and the first in turn.
   *
   * @param block gets the parameters
   * @param size M
   * @param count how many couplings
   * @param hidden the sizes of the networks' hidden layers
   * @param map the family of maps
   * @return the steps towards the base
   * @throws SettingException if there is one latent, which has no halves
   */
  static List<FlowStep> alternating(
      ParameterBlock block, int size, int count, List<Integer> hidden, ElementwiseMap map) {
    if (size < 2) {
      throw new SettingException(
          "type",
          String.format(
              Locale.ROOT,
              "must be another with one latent, which has no halves, and model.latent-size is %d; set"
                  + " model.latent-size = 2 or more, or model.prior.type = %s",
              size,
              MaskedAutoregressiveFlowProvider.NAME));
    }
    int first = size / 2;
    List<FlowStep> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int changed = 1 - i % 2;
      int known = changed == 1 ? first : size - first;
      FlowNetwork network =
          FlowNetwork.dense(
              block, "coupling" + (i + 1), known, hidden, map.heads() * (size - known));
      steps.add(new Coupling(network, map, first, changed));
    }
    return steps;
  }

  @Override
  public Mapped toBase(NDArray z, Function<Parameter, NDArray> values) {
    NDList halves = halves(z);
    Mapped mapped = map.toBase(halves.get(changed), parameters(halves, values));
    return new Mapped(joined(halves, mapped.value()), Tensors.sumLast(mapped.logDerivative()));
  }

  @Override
  public NDArray fromBase(NDArray base, Function<Parameter, NDArray> values) {
    NDList halves = halves(base);
    return joined(halves, map.fromBase(halves.get(changed), parameters(halves, values)));
  }

  private NDArray parameters(NDList halves, Function<Parameter, NDArray> values) {
    return network.apply(values, halves.get(1 - changed));
  }

  private NDList halves(NDArray z) {
    return z.split(new long[] {split}, z.getShape().dimension() - 1);
  }

  private NDArray joined(NDList halves, NDArray mapped) {
    NDList both =
        changed == 1 ? new NDList(halves.get(0), mapped) : new NDList(mapped, halves.get(1));
    return NDArrays.concat(both, mapped.getShape().dimension() - 1);
  }
}
