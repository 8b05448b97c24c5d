package org.largevae.priors.flow;

import ai.djl.nn.Block;
import java.util.List;
import java.util.Optional;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;

/** What the flow priors share: they differ in their steps alone. */
abstract class FlowPrior implements Prior {
  private final int latentSize;
  private final ParameterBlock block;
  private final List<FlowStep> steps;

  FlowPrior(int latentSize, ParameterBlock block, List<FlowStep> steps) {
    this.latentSize = latentSize;
    this.block = block;
    this.steps = List.copyOf(steps);
  }

  @Override
  public final Density distribution(PriorContext context) {
    return new FlowDensity(
        steps,
        DiagonalGaussian.standard(context.pass().manager(), latentSize),
        context.pass()::value);
  }

  @Override
  public final Optional<Block> block() {
    return Optional.of(block);
  }

  /**
   * Plain: normalised, the small gradients of these networks would become steps of constant length.
   */
  @Override
  public final GradientRule gradientRule(String parameter) {
    return GradientRule.PLAIN;
  }
}
