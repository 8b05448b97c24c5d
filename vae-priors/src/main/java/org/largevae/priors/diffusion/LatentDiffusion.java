package org.largevae.priors.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
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
import org.largevae.api.distribution.Noise;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.priors.diffusion.LatentDiffusionSettings.LogDensity;

/**
 * Variational diffusion in latent space (Kingma et al. 2021, arXiv:2107.00630): z gets noisier from
 * level to level, {@code z_t = alpha_t z + sigma_t eps}, and the prior undoes it step by step from
 * {@code z_T ~ N(0, I)}, guided by a network that predicts {@code v = alpha_t eps - sigma_t z}
 * (Salimans and Ho 2022, arXiv:2202.00512) from z_t and the level.
 *
 * <p>Steps have the variance that is right where the network predicts 0 (Ho et al. 2020,
 * arXiv:2006.11239, section 3.2), as it does at first: then this is the standard Gaussian, exactly
 * and for every number of steps. What the network adds to log p(z) is at least
 *
 * <pre>{@code
 * log p(z) >= log N(z | 0, I) - sum_t lambda_t E_eps[ ||v - v'(z_t)||^2 - ||v||^2 ],
 * lambda_t = alpha_{t-1}^2 (1 - exp(gamma_{t-1} - gamma_t)) / 2,   lambda_1 = 1/2
 * }</pre>
 *
 * with {@code alpha_t^2 = sigmoid(-gamma_t)}, {@code sigma_t^2 = sigmoid(gamma_t)} and gamma linear
 * in t. In training each row takes one level, stratified and as often as lambda_t is large. In
 * inference all levels are summed with noise that is drawn once from a fixed seed and is the same
 * for every z, so that a score depends on z alone; each noise is used with its opposite, which
 * leaves little of its error.
 *
 * <p>With {@code density = ode} the inference density is that of the probability-flow ODE (Song et
 * al. 2021, arXiv:2011.13456), {@code dz/dgamma = alpha sigma v'(z, gamma) / 2}, exact up to its
 * solver. It is another model of the same network: draws come from the flow as well.
 *
 * <p>Parameters: {@code latent_weight} (M, H), {@code time_weight} (64, H), {@code input_bias} (H),
 * {@code hidden_weight} (H, H), {@code hidden_bias} (H), {@code output_weight} (H, M) and {@code
 * output_bias} (M); the last two start at 0.
 */
public final class LatentDiffusion implements Prior {
  /** Of the noise in inference; any fixed number does. */
  private static final long SEED = 20_210_701;

  private final LatentDiffusionSettings settings;
  private final int latentSize;
  private final DiffusionSchedule schedule;
  private final ParameterBlock block = new ParameterBlock();
  private final Parameter latentWeight;
  private final Parameter timeWeight;
  private final Parameter inputBias;
  private final Parameter hiddenWeight;
  private final Parameter hiddenBias;
  private final Parameter outputWeight;
  private final Parameter outputBias;

  /**
   * A diffusion prior; its parameters have no values yet.
   *
   * @param settings the levels of noise, the size of the network and what the density is
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public LatentDiffusion(LatentDiffusionSettings settings, ModelShape shape) {
    this.settings = SettingsSchema.check(settings);
    this.latentSize = shape.latentSize();
    this.schedule =
        DiffusionSchedule.linear(settings.gammaMin(), settings.gammaMax(), settings.steps());
    int hidden = settings.hidden();
    int inputs = latentSize + DenoisingNetwork.TIME_FEATURES;
    latentWeight = block.add("latent_weight", new Shape(latentSize, hidden), normal(inputs));
    timeWeight =
        block.add("time_weight", new Shape(DenoisingNetwork.TIME_FEATURES, hidden), normal(inputs));
    inputBias = block.add("input_bias", new Shape(hidden), Initializer.ZEROS);
    hiddenWeight = block.add("hidden_weight", new Shape(hidden, hidden), normal(hidden));
    hiddenBias = block.add("hidden_bias", new Shape(hidden), Initializer.ZEROS);
    outputWeight = block.add("output_weight", new Shape(hidden, latentSize), Initializer.ZEROS);
    outputBias = block.add("output_bias", new Shape(latentSize), Initializer.ZEROS);
  }

  /**
   * A diffusion prior with the other settings' defaults; its parameters have no values yet.
   *
   * @param shape its level's sizes
   * @param steps T, at least 2
   * @throws IllegalArgumentException if T is below 2
   */
  public LatentDiffusion(ModelShape shape, int steps) {
    this(LatentDiffusionSettings.of(steps), shape);
  }

  /** Keeps the variance of sums of so many inputs, most of which swish lets through by half. */
  private static Initializer normal(int inputs) {
    return (manager, shape, type) ->
        manager.randomNormal(0, (float) Math.sqrt(2.0 / inputs), shape, type);
  }

  @Override
  public Density distribution(PriorContext context) {
    Pass pass = context.pass();
    Denoiser denoiser =
        new DenoisingNetwork(
            schedule,
            pass.value(latentWeight),
            pass.value(timeWeight),
            pass.value(inputBias),
            pass.value(hiddenWeight),
            pass.value(hiddenBias),
            pass.value(outputWeight),
            pass.value(outputBias));
    if (settings.density() == LogDensity.ODE && !pass.isTraining()) {
      return new DiffusionFlow(denoiser, schedule, settings.odeSteps(), pass.manager(), latentSize);
    }
    DiffusionTerms terms =
        pass.isTraining()
            ? new DiffusionTerms.OneTerm(schedule, seed(pass.manager()))
            : new DiffusionTerms.AllTerms(schedule, noise(pass.manager()));
    return new DiffusionBound(denoiser, schedule, terms, pass.manager(), latentSize);
  }

  /** Drawn where the pass begins: the engine's generator may not be this thread's later on. */
  private static long seed(NDManager manager) {
    return manager.randomInteger(0, 1L << 62, new Shape(1), DataType.INT64).getLong(0);
  }

  /** The same for every z, shape (R, T, M). */
  private NDArray noise(NDManager manager) {
    int rows = settings.draws() * settings.steps();
    return Noise.ofExamples(SEED)
        .normal(manager, new Shape(rows, 1, latentSize), DataType.FLOAT32)
        .reshape(settings.draws(), settings.steps(), latentSize);
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
