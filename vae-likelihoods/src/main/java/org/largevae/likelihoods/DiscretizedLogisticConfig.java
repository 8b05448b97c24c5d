package org.largevae.likelihoods;

import java.util.Objects;
import org.largevae.api.config.Settings;

/**
 * What a {@link DiscretizedLogistic} can be told.
 *
 * @param tails what becomes of the mass outside [0, 1]
 * @param logScaleMin log s is kept at or above this; from -10 to logScaleMax
 * @param logScaleMax log s is kept at or below this; at most 2
 */
public record DiscretizedLogisticConfig(Tails tails, double logScaleMin, double logScaleMax) {
  /** Folded tails, log s in [-4.5, 0]. */
  public static final DiscretizedLogisticConfig DEFAULT =
      new DiscretizedLogisticConfig(Tails.FOLDED, -4.5, 0);

  static final String TAILS = "tails";
  static final String LOG_SCALE_MIN = "log-scale-min";
  static final String LOG_SCALE_MAX = "log-scale-max";

  /** exp(-10) is an eightieth of a bin: below it float32 cannot tell the location any longer. */
  private static final double LOWEST = -10;

  /** exp(2) is seven times the range of the data, where all pixels are already alike. */
  private static final double HIGHEST = 2;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if they are out of range or in the wrong order
   */
  public DiscretizedLogisticConfig {
    Objects.requireNonNull(tails, "tails is null");
    if (!(LOWEST <= logScaleMin && logScaleMin <= logScaleMax && logScaleMax <= HIGHEST)) {
      throw new IllegalArgumentException(
          "logScaleMin "
              + logScaleMin
              + " and logScaleMax "
              + logScaleMax
              + " must be in order and between "
              + LOWEST
              + " and "
              + HIGHEST);
    }
  }

  static DiscretizedLogisticConfig from(Settings settings) {
    Tails tails = settings.choice(TAILS, Tails.class);
    double lowest = settings.number(LOG_SCALE_MIN, LOWEST, HIGHEST);
    double highest = settings.number(LOG_SCALE_MAX, LOWEST, HIGHEST);
    if (lowest > highest) {
      throw settings.fault(
          LOG_SCALE_MIN,
          "must be at most " + settings.fullKey(LOG_SCALE_MAX) + ", which is " + highest);
    }
    return new DiscretizedLogisticConfig(tails, lowest, highest);
  }
}
