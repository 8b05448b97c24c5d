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
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.FullCovarianceGaussian;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;

/**
 * A trained Gaussian with any covariance, {@code p(z) = N(z | mu, L L^T)}, by its Cholesky factor
 * {@code L = D (I + N)}, D diagonal and N strictly lower triangular ({@link
 * FullCovarianceGaussian#of}).
 *
 * <p>Parameters: {@code mean} (M), {@code log_variance} (M), which is log D^2, and for M above 1
 * {@code below_diagonal} (M (M - 1) / 2), the entries of N. All are 0 at the start: it starts as
 * the standard Gaussian.
 */
public final class FullCovarianceGaussianPrior implements Prior {
  private final ParameterBlock block = new ParameterBlock();
  private final Parameter mean;
  private final Parameter logVariance;
  private final Optional<Parameter> belowDiagonal;

  /**
   * A Gaussian; its parameters have no values yet.
   *
   * @param shape its level's sizes
   */
  public FullCovarianceGaussianPrior(ModelShape shape) {
    long size = shape.latentSize();
    Shape entries = new Shape(size * (size - 1) / 2);
    this.mean = block.add("mean", new Shape(size), Initializer.ZEROS);
    this.logVariance = block.add("log_variance", new Shape(size), Initializer.ZEROS);
    // a parameter without values cannot be saved
    this.belowDiagonal =
        size == 1
            ? Optional.empty()
            : Optional.of(block.add("below_diagonal", entries, Initializer.ZEROS));
  }

  @Override
  public Density distribution(PriorContext context) {
    Pass pass = context.pass();
    NDArray center = pass.value(mean);
    NDArray below =
        belowDiagonal
            .map(pass::value)
            .orElseGet(() -> pass.manager().zeros(new Shape(0), center.getDataType()));
    return FullCovarianceGaussian.of(center, pass.value(logVariance), below);
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
