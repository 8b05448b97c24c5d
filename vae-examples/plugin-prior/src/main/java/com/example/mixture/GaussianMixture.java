package com.example.mixture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Optional;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.LatentDistribution;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;

/**
 * A mixture of K Gaussians with diagonal covariance, {@code p(z) = sum_k w_k N(z | mu_k, diag
 * sigma_k^2)}, {@code w = softmax(logits)} (compared with the VampPrior as "MoG" in Tomczak and
 * Welling 2018, arXiv:1705.07120).
 *
 * <p>Parameters: {@code means} (K, M), {@code log_variances} (K, M), {@code logits} (K). The log
 * variances are clamped where they are used: a component that shrinks onto one latent would have a
 * density without bound.
 */
final class GaussianMixture implements Prior {
  private final GaussianMixtureConfig config;
  private final ParameterBlock block = new ParameterBlock();
  private final Parameter means;
  private final Parameter logVariances;
  private final Parameter logits;

  /**
   * A mixture; its parameters have no values yet.
   *
   * @param config the number of components and their start
   * @param latentSize M, at least 1
   */
  GaussianMixture(GaussianMixtureConfig config, int latentSize) {
    this.config = config;
    Shape each = new Shape(config.components(), latentSize);
    this.means = block.add("means", each, this::startOfMeans);
    this.logVariances =
        block.add(
            "log_variances",
            each,
            (manager, shape, type) -> manager.full(shape, (float) config.initLogVariance(), type));
    this.logits =
        block.add(
            "logits",
            new Shape(config.components()),
            (manager, shape, type) -> manager.zeros(shape, type));
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(block);
  }

  @Override
  public LatentDistribution distribution(PriorContext context) {
    Pass pass = context.pass();
    NDArray clamped =
        Tensors.clamp(pass.value(logVariances), config.logVarianceMin(), config.logVarianceMax());
    NDArray unnormalised = pass.value(logits);
    NDArray logWeights = unnormalised.sub(Tensors.logSumExpLast(unnormalised));
    return new Mixture(
        new DiagonalGaussian(pass.value(means), clamped), logWeights, pass.manager());
  }

  /** Means that start alike would stay alike. */
  private NDArray startOfMeans(NDManager manager, Shape shape, DataType type) {
    return manager.randomNormal(0, (float) config.initSpread(), shape, type);
  }

  private record Mixture(DiagonalGaussian components, NDArray logWeights, NDManager manager)
      implements LatentDistribution {

    /** {@code log sum_k exp(log w_k + log N(z | mu_k, sigma_k^2))}, shape (N), float64. */
    @Override
    public NDArray logProb(NDArray z) {
      return Tensors.logSumExpLast(shares(z));
    }

    /** Lets an evaluation tell how many components are in use. */
    @Override
    public Optional<NDArray> componentLogProb(NDArray z) {
      return Optional.of(shares(z));
    }

    private NDArray shares(NDArray z) {
      return components.logProbPairwise(z).add(logWeights);
    }

    /**
     * Chooses a component for each draw, then draws from it. The largest of the log weights, each
     * with standard Gumbel noise added, is the k-th with probability w_k.
     */
    @Override
    public NDArray sample(int count) {
      NDArray uniform =
          manager.randomUniform(0, 1, new Shape(count, components.size()), DataType.FLOAT32);
      NDArray gumbel = uniform.log().neg().log().neg();
      NDArray chosen = logWeights.add(gumbel).argMax(1);
      return components.select(chosen).sample();
    }
  }
}
