package org.largevae.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Posterior;
import org.largevae.api.network.Encoder;
import org.largevae.api.tensor.Tensors;

/**
 * {@code q(z|x) = N(z | mu(x), diag sigma^2(x))} by gated dense layers and two linear heads, mu and
 * log sigma^2 (Tomczak and Welling 2018). The log variance is clamped: a vanishing variance makes
 * densities explode, and with them the gradients of a VampPrior.
 */
public final class GatedMlpEncoder implements Encoder {
  private final GatedMlp network;
  private final double logVarianceMin;
  private final double logVarianceMax;

  /**
   * An encoder; its parameters have no values yet.
   *
   * @param shape the model's sizes
   * @param hidden the sizes of the gated layers, at least one, each at least 1
   * @param logVarianceMin the least log sigma^2
   * @param logVarianceMax the greatest log sigma^2, above the least
   * @throws IllegalArgumentException if an argument breaks its rule
   */
  public GatedMlpEncoder(
      ModelShape shape, List<Integer> hidden, double logVarianceMin, double logVarianceMax) {
    if (!(logVarianceMin < logVarianceMax)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "least log variance %s is not below the greatest, %s",
              logVarianceMin,
              logVarianceMax));
    }
    this.network = new GatedMlp(shape.dimensions(), hidden, 2L * shape.latentSize());
    this.logVarianceMin = logVarianceMin;
    this.logVarianceMax = logVarianceMax;
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(network);
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.largevae.api.tensor.ShapeException if x is not of shape (B, D)
   */
  @Override
  public Posterior encode(NDArray x, Pass pass) {
    NDList heads = LinearMap.parts(pass.forward(network, x), 2);
    NDArray logVariance = Tensors.clamp(heads.get(1), logVarianceMin, logVarianceMax);
    return new DiagonalGaussian(heads.get(0), logVariance);
  }
}
