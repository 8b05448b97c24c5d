package com.example.mixture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Optional;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Mixture;
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
  private final GaussianMixtureSettings settings;
  private final ParameterBlock block = new ParameterBlock();
  private final Parameter means;
  private final Parameter logVariances;
  private final Parameter logits;

  /**
   * A mixture; its parameters have no values yet.
   *
   * @param settings the number of components and their start
   * @param shape its level's sizes
   */
  GaussianMixture(GaussianMixtureSettings settings, ModelShape shape) {
    this.settings = SettingsSchema.check(settings);
    Shape each = new Shape(settings.components(), shape.latentSize());
    // means that start alike would stay alike
    float spread = (float) settings.initSpread();
    float logVariance = (float) settings.initLogVariance();
    this.means = block.add("means", each, (m, s, type) -> m.randomNormal(0, spread, s, type));
    this.logVariances =
        block.add("log_variances", each, (m, s, type) -> m.full(s, logVariance, type));
    this.logits =
        block.add("logits", new Shape(settings.components()), (m, s, type) -> m.zeros(s, type));
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(block);
  }

  @Override
  public Density distribution(PriorContext context) {
    Pass pass = context.pass();
    NDArray clamped =
        Tensors.clamp(
            pass.value(logVariances), settings.logVarianceMin(), settings.logVarianceMax());
    return new Mixture(new DiagonalGaussian(pass.value(means), clamped), pass.value(logits));
  }
}
