package org.largevae.priors;

import java.util.Objects;
import org.largevae.api.component.GradientRule;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingsSchema;

/**
 * The settings of a {@link VampPrior}.
 *
 * @param pseudoInputs K, at least 1
 * @param init where the pseudo-inputs start
 * @param initMean the mean of a normal start, in the units of the data
 * @param initStandardDeviation the standard deviation of a normal start, above 0: pseudo-inputs
 *     that start alike would stay alike
 * @param initNoise the standard deviation of the noise added to training examples, at least 0
 * @param gradient what the optimiser does to the gradient of the pseudo-inputs
 * @param weights whether components keep the same weight
 */
public record VampPriorSettings(
    @Setting(value = "500", atLeast = 1, meaning = "K, the number of pseudo-inputs")
        int pseudoInputs,
    @Setting(
            value = "normal",
            meaning = "where they start; training-data: random training examples with noise")
        Init init,
    @Setting(value = "0.05", meaning = "mean of a normal start, in the units of the data")
        double initMean,
    @Setting(value = "0.01", above = 0, meaning = "standard deviation of a normal start")
        double initStandardDeviation,
    @Setting(
            value = "0.01",
            atLeast = 0,
            meaning = "standard deviation of the noise added to training examples")
        double initNoise,
    @Setting(
            value = "optimizer",
            meaning =
                "what is done to their gradient; optimizer: as to all others, rows: each"
                    + " pseudo-input's is divided by its own norm, plain: nothing")
        GradientRule gradient,
    @Setting(
            value = "equal",
            meaning =
                "weights of the components; equal: 1/K each, learned: softmax of trained logits")
        Weights weights) {

  /** Where pseudo-inputs start. */
  public enum Init {
    /** Every value is drawn from one normal distribution. */
    NORMAL,
    /** Random training examples, each used once, with noise added. */
    TRAINING_DATA
  }

  /** The weights of the components. */
  public enum Weights {
    /** All are 1/K. */
    EQUAL,
    /** The softmax of trained logits, equal at the start. */
    LEARNED
  }

  /** Checks that nothing is null. */
  public VampPriorSettings {
    Objects.requireNonNull(init, "init is null");
    Objects.requireNonNull(gradient, "gradient is null");
    Objects.requireNonNull(weights, "weights is null");
  }

  /**
   * Settings with equal weights.
   *
   * @param pseudoInputs K, at least 1
   * @param init where the pseudo-inputs start
   * @param initMean the mean of a normal start
   * @param initStandardDeviation the standard deviation of a normal start, above 0
   * @param initNoise the standard deviation of the noise added to training examples, at least 0
   * @param gradient what the optimiser does to the gradient of the pseudo-inputs
   */
  public VampPriorSettings(
      int pseudoInputs,
      Init init,
      double initMean,
      double initStandardDeviation,
      double initNoise,
      GradientRule gradient) {
    this(pseudoInputs, init, initMean, initStandardDeviation, initNoise, gradient, Weights.EQUAL);
  }

  /**
   * The defaults, but for the number of pseudo-inputs.
   *
   * @param pseudoInputs K
   * @return the settings
   */
  public static VampPriorSettings of(int pseudoInputs) {
    VampPriorSettings defaults = SettingsSchema.of(VampPriorSettings.class).defaultValues();
    return new VampPriorSettings(
        pseudoInputs,
        defaults.init,
        defaults.initMean,
        defaults.initStandardDeviation,
        defaults.initNoise,
        defaults.gradient,
        defaults.weights);
  }
}
