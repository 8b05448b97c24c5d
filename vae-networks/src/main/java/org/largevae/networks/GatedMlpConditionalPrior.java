package org.largevae.networks;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import java.util.Arrays;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Latents;
import org.largevae.api.prior.ConditionalPrior;
import org.largevae.networks.posterior.GaussianPosterior;

/**
 * {@code p(z_l | z above) = N(mu, diag sigma^2)}, whose mu and log sigma^2 come from gated dense
 * layers and one linear map (Tomczak and Welling 2018, the p(z1|z2) of their HVAE). The latents of
 * each level above are an input of the network. The log variance is clamped.
 */
public final class GatedMlpConditionalPrior implements ConditionalPrior {
  private final GaussianPosterior family;
  private final DenseNetwork network;

  /**
   * A conditional prior; its parameters have no values yet.
   *
   * @param settings the sizes of the gated layers and the bounds of log sigma^2
   * @param shape its level's sizes, and those of the levels above
   * @throws IllegalArgumentException if a setting is out of bounds or no level is above
   */
  public GatedMlpConditionalPrior(GatedMlpConditionalPriorSettings settings, ModelShape shape) {
    SettingsSchema.check(settings);
    if (shape.latentSizesAbove().isEmpty()) {
      throw new IllegalArgumentException("no level is above: the top level has a prior");
    }
    this.family = new GaussianPosterior(settings.bounds(), shape);
    this.network =
        DenseNetwork.gated(shape.latentSizesAbove(), settings.hidden(), family.parameters());
  }

  /**
   * A conditional prior with the default bounds of log sigma^2; its parameters have no values yet.
   *
   * @param shape its level's sizes, and those of the levels above
   * @param hidden the sizes of the gated layers, first to last, at least one, each at least 1
   * @throws IllegalArgumentException if a size is below 1, or there is none
   */
  public GatedMlpConditionalPrior(ModelShape shape, int... hidden) {
    this(
        new GatedMlpConditionalPriorSettings(Arrays.stream(hidden).boxed().toList(), -6, 2), shape);
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(network);
  }

  @Override
  public DiagonalGaussian given(Latents above, Pass pass) {
    return family.of(pass.forward(network, new NDList(above.levels())), pass);
  }
}
