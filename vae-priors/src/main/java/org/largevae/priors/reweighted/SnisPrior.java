package org.largevae.priors.reweighted;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.Optional;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;

/**
 * Self-normalised importance sampling as a distribution: draws K proposals from N(0, I) and picks
 * one of them with a probability in proportion to {@code exp(-U(z))}, U a network (Lawson et al.
 * 2019, arXiv:1910.14265, section 3.2). Its log-density is bounded from below by {@code log N(z |
 * 0, I) - U(z) - log 1/K (exp(-U(z)) + sum_j exp(-U(z_j)))} over K - 1 proposals; see {@link
 * SnisDensity}. In training these are drawn anew for each step and shared by its batch.
 *
 * <p>The network's last layer starts at 0: the prior starts at N(0, I) itself. So it is for K = 1.
 */
public final class SnisPrior implements Prior {
  private final SnisSettings settings;
  private final int latentSize;
  private final ParameterBlock block = new ParameterBlock();
  private final ScalarNetwork logWeight;

  /**
   * A prior; its parameters have no values yet.
   *
   * @param settings the network and the numbers of proposals
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public SnisPrior(SnisSettings settings, ModelShape shape) {
    this.settings = SettingsSchema.check(settings);
    this.latentSize = shape.latentSize();
    this.logWeight = new ScalarNetwork(block, latentSize, settings.hidden());
  }

  /**
   * With the defaults of all settings; its parameters have no values yet.
   *
   * @param shape its level's sizes
   */
  public SnisPrior(ModelShape shape) {
    this(SettingsSchema.of(SnisSettings.class).defaultValues(), shape);
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(block);
  }

  @Override
  public GradientRule gradientRule(String parameter) {
    return GradientRule.PLAIN;
  }

  @Override
  public Density distribution(PriorContext context) {
    Pass pass = context.pass();
    ScalarFunction function = logWeight.at(pass);
    Optional<NDArray> others =
        pass.isTraining() ? Optional.of(logSumOfOthers(pass, function)) : Optional.empty();
    return new SnisDensity(
        new FixedProposals(pass.manager(), SnisDensity.SEED, latentSize),
        settings,
        function,
        others);
  }

  private NDArray logSumOfOthers(Pass pass, ScalarFunction function) {
    if (settings.proposals() == 1) {
      return pass.manager().full(new Shape(1), Float.NEGATIVE_INFINITY);
    }
    Shape draws = new Shape(settings.proposals() - 1, latentSize);
    NDArray z = Noise.ENGINE.normal(pass.manager(), draws, DataType.FLOAT32);
    return Tensors.logSumExpLast(function.of(z)).reshape(new Shape(1));
  }
}
