package org.largevae.priors.reweighted;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
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
 * Learnt accept/reject sampling, truncated: draws z from N(0, I) and accepts it with probability
 * a(z), a network's sigmoid; after T - 1 rejections it takes the next draw as it comes (Bauer and
 * Mnih 2019, arXiv:1810.11428, section 3). Its density is {@code p(z) = N(z | 0, I) (a(z) (1 -
 * alpha) / Z + alpha)} with {@code Z = E a(z)} and {@code alpha = (1 - Z)^(T - 1)}; see {@link
 * LarsDensity} for how Z is estimated and what is known of its error.
 *
 * <p>In training Z is the running mean of the estimates of each step, state named {@code
 * normaliser}, and its gradient that of the step's own estimate from fresh draws. It starts at 1/2,
 * which is what the network's last layer, all 0, makes of a(z): the prior starts at N(0, I) itself.
 */
public final class LarsPrior implements Prior {
  private final LarsSettings settings;
  private final int latentSize;
  private final ParameterBlock block = new ParameterBlock();
  private final ScalarNetwork logit;
  private final Parameter normaliser;

  /**
   * A prior; its parameters have no values yet.
   *
   * @param settings the network and the draws that estimate Z
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public LarsPrior(LarsSettings settings, ModelShape shape) {
    this.settings = SettingsSchema.check(settings);
    this.latentSize = shape.latentSize();
    this.logit = new ScalarNetwork(block, latentSize, settings.hidden());
    this.normaliser =
        block.addState("normaliser", new Shape(1), (manager, s, type) -> manager.full(s, 0.5f));
  }

  /**
   * With the defaults of all settings; its parameters have no values yet.
   *
   * @param shape its level's sizes
   */
  public LarsPrior(ModelShape shape) {
    this(SettingsSchema.of(LarsSettings.class).defaultValues(), shape);
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
    ScalarFunction function = logit.at(pass);
    Optional<NDArray> current =
        pass.isTraining() ? Optional.of(currentNormaliser(pass, function)) : Optional.empty();
    return new LarsDensity(
        new FixedProposals(pass.manager(), LarsDensity.SEED, latentSize),
        settings,
        function,
        current);
  }

  /** The running mean in value, this step's estimate in gradient. */
  private NDArray currentNormaliser(Pass pass, ScalarFunction function) {
    Shape draws = new Shape(settings.trainingSamples(), latentSize);
    NDArray z = Noise.ENGINE.normal(pass.manager(), draws, DataType.FLOAT32);
    NDArray estimate = Tensors.sigmoid(function.of(z)).mean().reshape(new Shape(1));
    NDArray fixed = estimate.stopGradient();
    NDArray before = pass.value(normaliser).duplicate();
    NDArray after =
        Tensors.multiply(before, settings.averageDecay())
            .add(Tensors.multiply(fixed, 1 - settings.averageDecay()));
    pass.assign(normaliser, after.toType(DataType.FLOAT32, false));
    return estimate.add(after.sub(fixed).stopGradient());
  }
}
