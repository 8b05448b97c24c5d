package org.largevae.networks.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.stream.IntStream;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.network.Posterior;

/**
 * The planar flow (Rezende and Mohamed 2015, arXiv:1505.05770): {@code z_0 ~ N(mu(x), diag
 * sigma^2(x))}, then steps {@code z <- z + v tanh(w'z + b)}; {@code log q(z|x) = log q_0(z_0) - sum
 * log(1 + (1 - tanh^2(w'z + b)) w'v)}. Each v is made from a u such that the step is invertible.
 *
 * <p>An encoder gives it mu, log sigma^2 and for each step u, w and b, side by side; log sigma^2 is
 * clamped as that of {@link GaussianPosterior} is. It has no parameters of its own. Steps have no
 * inverse in closed form: it knows the density of its own draws alone, so that it cannot be a
 * component of a VampPrior. Its mean is an estimate from 256 fixed draws.
 */
public final class PlanarFlow implements Posterior {
  private final GaussianPosterior gaussian;
  private final List<PosteriorStep> steps;
  private final long numbers;

  /**
   * A flow.
   *
   * @param settings how many steps there are
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public PlanarFlow(PlanarFlowSettings settings, ModelShape shape) {
    SettingsSchema.check(settings);
    int size = shape.latentSize();
    this.gaussian = new GaussianPosterior(shape);
    this.steps =
        IntStream.range(0, settings.steps())
            .<PosteriorStep>mapToObj(index -> new PlanarStep(index, size))
            .toList();
    this.numbers = (long) settings.steps() * PlanarStep.numbers(size);
  }

  /**
   * With the defaults of all settings; its parameters have no values yet.
   *
   * @param shape its level's sizes
   */
  public PlanarFlow(ModelShape shape) {
    this(SettingsSchema.of(PlanarFlowSettings.class).defaultValues(), shape);
  }

  @Override
  public long parameters() {
    return gaussian.parameters() + numbers;
  }

  @Override
  public Distribution of(NDArray parameters, Pass pass) {
    Shapes.requireEvent(parameters, parameters());
    NDList parts =
        parameters.split(new long[] {gaussian.parameters()}, parameters.getShape().dimension() - 1);
    return new GaussianFlow(gaussian.of(parts.get(0), pass), parts.get(1), steps, pass::value);
  }
}
