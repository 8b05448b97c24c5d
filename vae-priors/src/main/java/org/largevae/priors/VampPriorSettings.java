package org.largevae.priors;

import java.util.Objects;
import org.largevae.api.component.GradientRule;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;
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
 * @param neighbours k, how many pseudo-inputs are encoded for each draw of a training step, those
 *     of the highest density by the encodings of the last epoch; at most K; 0 for all
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
        Weights weights,
    @Setting(
            value = "0",
            atLeast = 0,
            meaning =
                "k, how many pseudo-inputs a step of training encodes for each draw, the nearest; a"
                    + " lower bound of the prior, which evaluation computes whole; 0: all")
        int neighbours) {

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

  /**
   * Checks that nothing is null, that there are as many pseudo-inputs as neighbours, and that
   * neighbours have equal weights.
   *
   * @throws SettingException if there are fewer, or weights are learned
   */
  public VampPriorSettings {
    // what is out of bounds by itself is told by the schema
    if (pseudoInputs >= 1 && neighbours > pseudoInputs) {
      throw new SettingException(
          "neighbours", "must be at most pseudo-inputs = " + pseudoInputs + ", or 0 for all");
    }
    Objects.requireNonNull(init, "init is null");
    Objects.requireNonNull(gradient, "gradient is null");
    Objects.requireNonNull(weights, "weights is null");
    if (neighbours > 0 && weights == Weights.LEARNED) {
      throw new SettingException("neighbours", "must be 0 where weights = learned");
    }
  }

  /**
   * Settings with equal weights, under which every step encodes all pseudo-inputs.
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
    this(
        pseudoInputs, init, initMean, initStandardDeviation, initNoise, gradient, Weights.EQUAL, 0);
  }

  /**
   * The same settings with another number of neighbours.
   *
   * @param neighbours k, at most K; 0 for all
   * @return the settings
   * @throws SettingException if k is above K
   */
  public VampPriorSettings withNeighbours(int neighbours) {
    return new VampPriorSettings(
        pseudoInputs,
        init,
        initMean,
        initStandardDeviation,
        initNoise,
        gradient,
        weights,
        neighbours);
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
        defaults.weights,
        defaults.neighbours);
  }
}
