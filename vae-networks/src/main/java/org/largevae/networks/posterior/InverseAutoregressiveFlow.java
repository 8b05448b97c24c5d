package org.largevae.networks.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.network.FlowNetwork;
import org.largevae.api.network.Posterior;

/**
 * The inverse autoregressive flow (Kingma et al. 2016, arXiv:1606.04934): {@code z_0 ~ N(mu(x),
 * diag sigma^2(x))}, then steps {@code z <- g z + (1 - g) m} with {@code g = sigmoid(s + 2)}, m and
 * s from a masked network that sees the latents before i and a context h(x); {@code log q(z|x) =
 * log q_0(z_0) - sum log g}. The order of the latents is reversed from step to step.
 *
 * <p>An encoder gives it mu, log sigma^2 and the context, side by side; log sigma^2 is clamped as
 * that of {@link GaussianPosterior} is. It starts as a Gaussian, whose mean and standard deviations
 * are 0.88 times as large for each step. It knows the density of its own draws alone, since others
 * would take M passes through each network; so it cannot be a component of a VampPrior. Its mean is
 * an estimate from 256 fixed draws.
 */
public final class InverseAutoregressiveFlow implements Posterior {
  private final InverseAutoregressiveFlowSettings settings;
  private final GaussianPosterior gaussian;
  private final ParameterBlock block = new ParameterBlock();
  private final List<PosteriorStep> steps = new ArrayList<>();

  /**
   * A flow; its parameters have no values yet.
   *
   * @param settings its sizes
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public InverseAutoregressiveFlow(InverseAutoregressiveFlowSettings settings, ModelShape shape) {
    this.settings = SettingsSchema.check(settings);
    this.gaussian = new GaussianPosterior(shape);
    for (int step = 0; step < settings.steps(); step++) {
      boolean reversed = step % 2 == 1;
      steps.add(
          new InverseAutoregression(
              FlowNetwork.autoregressive(
                  block,
                  "step" + (step + 1),
                  shape.latentSize(),
                  reversed,
                  settings.hidden(),
                  2,
                  settings.context())));
    }
  }

  /**
   * With the defaults of all settings; its parameters have no values yet.
   *
   * @param shape its level's sizes
   */
  public InverseAutoregressiveFlow(ModelShape shape) {
    this(SettingsSchema.of(InverseAutoregressiveFlowSettings.class).defaultValues(), shape);
  }

  @Override
  public long parameters() {
    return gaussian.parameters() + settings.context();
  }

  @Override
  public Distribution of(NDArray parameters, Pass pass) {
    Shapes.requireEvent(parameters, parameters());
    NDList parts =
        parameters.split(new long[] {gaussian.parameters()}, parameters.getShape().dimension() - 1);
    return new GaussianFlow(gaussian.of(parts.get(0), pass), parts.get(1), steps, pass::value);
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(block);
  }

  /** Plain, since the networks start at zero, where their gradients are small. */
  @Override
  public GradientRule gradientRule(String parameter) {
    return GradientRule.PLAIN;
  }
}
