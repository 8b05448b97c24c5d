package org.largevae.priors;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.Optional;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;

/**
 * A trained Gaussian with diagonal covariance, {@code p(z) = N(z | mu, diag sigma^2)} (Kingma and
 * Welling 2014, arXiv:1312.6114). Parameters: {@code mean} (M) and {@code log_variance} (M), both 0
 * at the start: it starts as the standard Gaussian.
 */
public final class GaussianPrior implements Prior {
  private final ParameterBlock block = new ParameterBlock();
  private final Parameter mean;
  private final Parameter logVariance;

  /**
   * A Gaussian; its parameters have no values yet.
   *
   * @param shape its level's sizes
   */
  public GaussianPrior(ModelShape shape) {
    Shape each = new Shape(shape.latentSize());
    this.mean = block.add("mean", each, Initializer.ZEROS);
    this.logVariance = block.add("log_variance", each, Initializer.ZEROS);
  }

  @Override
  public Density distribution(PriorContext context) {
    Pass pass = context.pass();
    return new DiagonalGaussian(pass.value(mean), pass.value(logVariance));
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
