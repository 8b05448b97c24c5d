package org.largevae.priors.diffusion;

import java.util.Objects;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.SettingsSchema;

/**
 * The settings of a {@link LatentDiffusion}.
 *
 * @param steps T, at least 2
 * @param gammaMin the log of noise over signal, as variances, at the first level
 * @param gammaMax the same at the last level, above {@code gammaMin}
 * @param hidden H, the width of the two hidden layers
 * @param draws R, pairs of noise that the bound is averaged over in inference
 * @param density what log p(z) is in inference
 * @param odeSteps of the solver, where the density is that of the flow
 */
public record LatentDiffusionSettings(
    @Setting(value = "100", atLeast = 2, atMost = 100_000, meaning = "T, the levels of noise")
        int steps,
    @Setting(
            value = "-6",
            atLeast = -30,
            atMost = 30,
            meaning =
                "log(noise variance / signal variance) at the first level: what is finer than"
                    + " exp(gamma-min / 2) is not resolved")
        double gammaMin,
    @Setting(
            value = "7",
            atLeast = -30,
            atMost = 30,
            meaning = "the same at the last level, where hardly any signal is left")
        double gammaMax,
    @Setting(value = "256", atLeast = 1, meaning = "units of each of the denoiser's two layers")
        int hidden,
    @Setting(
            value = "1",
            atLeast = 1,
            meaning = "pairs of opposite noise that the bound is averaged over outside training")
        int draws,
    @Setting(
            value = "bound",
            meaning =
                "log p(z) outside training: bound, below that of the discrete model, or ode, exact"
                    + " for the flow of the same denoiser")
        LogDensity density,
    @Setting(
            value = "20",
            atLeast = 1,
            atMost = 100_000,
            meaning = "of density = ode: steps of the Runge-Kutta solver, four passes each")
        int odeSteps) {

  /** What log p(z) is in inference. */
  public enum LogDensity {
    /** The discrete model's evidence lower bound, over all its steps. */
    BOUND,
    /** The density of the probability-flow ODE, whose samples it then draws too. */
    ODE
  }

  /** Checks the order of the levels. */
  public LatentDiffusionSettings {
    Objects.requireNonNull(density, "density is null");
    if (gammaMin >= gammaMax) {
      throw new SettingException("gamma-min", "must be below gamma-max");
    }
  }

  /**
   * The defaults, but for the number of steps.
   *
   * @param steps T
   * @return the settings
   */
  public static LatentDiffusionSettings of(int steps) {
    LatentDiffusionSettings defaults =
        SettingsSchema.of(LatentDiffusionSettings.class).defaultValues();
    return new LatentDiffusionSettings(
        steps,
        defaults.gammaMin,
        defaults.gammaMax,
        defaults.hidden,
        defaults.draws,
        defaults.density,
        defaults.odeSteps);
  }
}
