package org.largevae.priors;

import java.util.Objects;
import org.largevae.api.config.Settings;

/**
 * How a {@link VampPrior} is set up.
 *
 * @param pseudoInputs K, at least 1
 * @param init where the pseudo-inputs start
 * @param initMean the mean of a normal start, in the units of the data
 * @param initStandardDeviation the standard deviation of a normal start, above 0: pseudo-inputs
 *     that start alike would stay alike
 * @param initNoise the standard deviation of the noise added to training examples, at least 0
 */
public record VampPriorConfig(
    int pseudoInputs, Init init, double initMean, double initStandardDeviation, double initNoise) {

  /** Where pseudo-inputs start. */
  public enum Init {
    /** Every value is drawn from one normal distribution. */
    NORMAL,
    /** Random training examples, each used once, with noise added. */
    TRAINING_DATA
  }

  /** Checks the bounds. */
  public VampPriorConfig {
    Objects.requireNonNull(init, "init is null");
    require(pseudoInputs >= 1, "pseudo-inputs", pseudoInputs, "at least 1");
    require(Double.isFinite(initMean), "init-mean", initMean, "finite");
    require(
        initStandardDeviation > 0 && Double.isFinite(initStandardDeviation),
        "init-standard-deviation",
        initStandardDeviation,
        "finite and above 0");
    require(
        initNoise >= 0 && Double.isFinite(initNoise),
        "init-noise",
        initNoise,
        "finite and at least 0");
  }

  /**
   * Reads the section {@code model.prior}.
   *
   * @param settings the section, defaults merged in
   * @return its values
   * @throws org.largevae.api.config.ConfigurationException if one is missing or out of bounds
   */
  static VampPriorConfig from(Settings settings) {
    return new VampPriorConfig(
        settings.integer("pseudo-inputs", 1),
        settings.choice("init", Init.class),
        settings.number("init-mean", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
        settings.positive("init-standard-deviation"),
        settings.number("init-noise", 0, Double.POSITIVE_INFINITY));
  }

  private static void require(boolean holds, String name, Number value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(name + " = " + value + ": must be " + rule);
    }
  }
}
