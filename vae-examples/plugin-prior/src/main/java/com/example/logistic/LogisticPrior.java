package com.example.logistic;

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
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;

/**
 * A {@link Logistic} distribution of each latent with trained mean and scale.
 *
 * <p>Parameters: {@code means} (M), which start at 0, and {@code log_scales} (M). Log scales are
 * clamped where they are used, so that no scale runs to 0 or infinity.
 */
final class LogisticPrior implements Prior {
  private final LogisticPriorSettings settings;
  private final ParameterBlock block = new ParameterBlock();
  private final Parameter means;
  private final Parameter logScales;

  /**
   * A prior; its parameters have no values yet.
   *
   * @param settings the scale's start and bounds
   * @param shape its level's sizes
   */
  LogisticPrior(LogisticPriorSettings settings, ModelShape shape) {
    this.settings = SettingsSchema.check(settings);
    Shape each = new Shape(shape.latentSize());
    float logScale = (float) Math.log(settings.initScale());
    this.means = block.add("means", each, Initializer.ZEROS);
    this.logScales =
        block.add("log_scales", each, (manager, s, type) -> manager.full(s, logScale, type));
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(block);
  }

  /** Plain: two numbers a latent need no normalised gradients, as the weights of networks may. */
  @Override
  public GradientRule gradientRule(String parameter) {
    return GradientRule.PLAIN;
  }

  @Override
  public Density distribution(PriorContext context) {
    Pass pass = context.pass();
    NDArray clamped =
        Tensors.clamp(
            pass.value(logScales), Math.log(settings.scaleMin()), Math.log(settings.scaleMax()));
    return new Logistic(pass.value(means), clamped);
  }
}
