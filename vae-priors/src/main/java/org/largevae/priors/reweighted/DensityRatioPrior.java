package org.largevae.priors.reweighted;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import java.util.Optional;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;

/**
 * The noise-contrastive prior {@code p(z) = N(z | 0, I) r(z) / Z} (Aneja et al. 2021,
 * arXiv:2010.02917, section 3): r(z) are the odds, the exponential of the logit, of a classifier
 * that tells the latents of examples, {@code z ~ q(z|x)}, from draws of N(0, I). It is trained in a
 * second stage, with {@link NoiseContrastiveObjective}, when encoder and decoder stand still; the
 * best classifier makes it the distribution of the latents. See {@link DensityRatioDensity} for how
 * {@code Z = E r(z)} is estimated.
 *
 * <p>The network's last layer starts at 0, so that r = 1: the prior starts at N(0, I) itself.
 */
public final class DensityRatioPrior implements Prior {
  private final DensityRatioSettings settings;
  private final int latentSize;
  private final ParameterBlock block = new ParameterBlock();
  private final ScalarNetwork logit;

  /**
   * A prior; its parameters have no values yet.
   *
   * @param settings the classifier and the draws that estimate Z
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public DensityRatioPrior(DensityRatioSettings settings, ModelShape shape) {
    this.settings = SettingsSchema.check(settings);
    this.latentSize = shape.latentSize();
    this.logit = new ScalarNetwork(block, latentSize, settings.hidden());
  }

  /**
   * With the defaults of all settings; its parameters have no values yet.
   *
   * @param shape its level's sizes
   */
  public DensityRatioPrior(ModelShape shape) {
    this(SettingsSchema.of(DensityRatioSettings.class).defaultValues(), shape);
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
    FixedProposals proposals =
        new FixedProposals(pass.manager(), DensityRatioDensity.SEED, latentSize);
    Optional<NDArray> noise =
        pass.isTraining()
            ? Optional.of(function.of(DensityRatioDensity.draws(proposals, settings)))
            : Optional.empty();
    return new DensityRatioDensity(proposals, settings, function, noise);
  }
}
