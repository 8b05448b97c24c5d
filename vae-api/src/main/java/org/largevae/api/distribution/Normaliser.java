package org.largevae.api.distribution;

import java.util.Locale;

/**
 * The log of a normaliser Z that was estimated by sampling, and how far it may be off. A density
 * that divides by Z is too high where the estimate is too low: {@code logProb - (upper - log)} is
 * its pessimistic end.
 *
 * @param log the estimate of log Z that the density uses, in nats
 * @param standardError of the estimate, in nats, at least 0
 * @param upper a value of log Z that is exceeded with a probability of at most 0.025, in nats, at
 *     least {@code log}
 */
public record Normaliser(double log, double standardError, double upper) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is not finite, the error is negative or the upper end
   *     is below the estimate
   */
  public Normaliser {
    if (!Double.isFinite(log) || !Double.isFinite(upper) || !(standardError >= 0) || upper < log) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "log Z = %s with standard error %s and upper end %s is no estimate",
              log,
              standardError,
              upper));
    }
  }

  /**
   * What the pessimistic end takes from a log-density.
   *
   * @return in nats, at least 0
   */
  public double margin() {
    return upper - log;
  }
}
