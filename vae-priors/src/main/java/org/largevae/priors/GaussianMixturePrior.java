package org.largevae.priors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.Optional;
import org.largevae.api.component.GradientRule;
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
 * sigma_k^2)}, {@code w = softmax(logits)} ("MoG" in Tomczak and Welling 2018, arXiv:1705.07120).
 *
 * <p>Parameters: {@code means} (K, M), {@code log_variances} (K, M), {@code logits} (K). At the
 * start weights are equal, means are drawn from N(0, s^2) and all variances are v, both settings:
 * p(z) starts near N(0, (s^2 + v) I), and with one component, s = 0 and v = 1 as the standard
 * Gaussian. Log variances are clamped where they are used: a component could else shrink onto the
 * posterior of one example.
 */
public final class GaussianMixturePrior implements Prior {
  private final GaussianMixturePriorSettings settings;
  private final ParameterBlock block = new ParameterBlock();
  private final Parameter means;
  private final Parameter logVariances;
  private final Parameter logits;

  /**
   * A mixture; its parameters have no values yet.
   *
   * @param settings the number of components, their start and their bounds
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public GaussianMixturePrior(GaussianMixturePriorSettings settings, ModelShape shape) {
    this.settings = SettingsSchema.check(settings);
    Shape each = new Shape(settings.components(), shape.latentSize());
    float spread = (float) settings.initSpread();
    float logVariance = (float) settings.initLogVariance();
    this.means =
        block.add("means", each, (manager, s, type) -> manager.randomNormal(0, spread, s, type));
    this.logVariances =
        block.add("log_variances", each, (manager, s, type) -> manager.full(s, logVariance, type));
    this.logits = block.add("logits", new Shape(settings.components()), Initializer.ZEROS);
  }

  /**
   * A mixture with the other settings' defaults; its parameters have no values yet.
   *
   * @param shape its level's sizes
   * @param components K, at least 1
   * @throws IllegalArgumentException if K is below 1
   */
  public GaussianMixturePrior(ModelShape shape, int components) {
    this(GaussianMixturePriorSettings.of(components), shape);
  }

  @Override
  public Density distribution(PriorContext context) {
    Pass pass = context.pass();
    NDArray clamped =
        Tensors.clamp(
            pass.value(logVariances), settings.logVarianceMin(), settings.logVarianceMax());
    DiagonalGaussian components = new DiagonalGaussian(pass.value(means), clamped);
    return new Mixture(components, Tensors.toFloat64(pass.value(logits)));
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(block);
  }

  @Override
  public GradientRule gradientRule(String parameter) {
    return GradientRule.PLAIN;
  }
}
