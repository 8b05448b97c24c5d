package org.largevae.networks.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import java.util.function.Function;
import org.largevae.api.distribution.Draw;
import org.largevae.api.network.FlowNetwork;
import org.largevae.api.tensor.Tensors;

/**
 * {@code z_i <- g_i z_i + (1 - g_i) m_i} with {@code g_i = sigmoid(s_i + 2)}, where m_i and s_i
 * depend on the latents before i and on what steers the example, so that the Jacobian is triangular
 * and its log-determinant {@code sum log g} (Kingma et al. 2016, arXiv:1606.04934, algorithm 1).
 *
 * @param network gives m and s side by side
 */
record InverseAutoregression(FlowNetwork network) implements PosteriorStep {
  /** Zero outputs keep 0.88 of z: near the identity, as the paper advises in appendix C. */
  private static final double GATE_BIAS = 2;

  @Override
  public Draw push(Draw draw, NDArray steering, Function<Parameter, NDArray> values) {
    NDArray z = draw.value();
    NDList heads = network.apply(values, z, steering).split(2, z.getShape().dimension() - 1);
    NDArray shift = heads.get(0);
    NDArray gate = heads.get(1).add(GATE_BIAS);
    // m + g (z - m)
    NDArray mapped = z.sub(shift).mul(Tensors.sigmoid(gate)).add(shift);
    NDArray logDeterminant = Tensors.sumLast(Tensors.logSigmoid(gate));
    return new Draw(mapped, draw.logProb().sub(logDeterminant));
  }
}
