package org.largevae.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Locale;
import java.util.Optional;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Normaliser;

/**
 * What the exponential of a log-density of some kind may integrate to.
 *
 * @param least the least mass
 * @param most the largest mass
 * @param rule what is broken otherwise, in words
 */
record AllowedMass(double least, double most, String rule) {
  /** What an estimate's own standard error may be exceeded by. */
  private static final double STANDARD_ERRORS = 4;

  /** A part of what a bound may lie above, by chance of random numbers of its own. */
  private static final double NEAR_THE_START = 0.02;

  private static final double FAR_FROM_THE_START = 0.1;

  /**
   * What a density may have; skips the test where that is not known.
   *
   * @param density the density
   * @param isFar whether its parameters are far from their start
   * @return its bounds
   */
  static AllowedMass of(Density density, boolean isFar) {
    return switch (density.kind()) {
      case EXACT -> new AllowedMass(1, 1, "not to 1");
      case LOWER_BOUND ->
          new AllowedMass(
              0,
              1 + (isFar ? FAR_FROM_THE_START : NEAR_THE_START),
              "but a lower bound to at most 1");
      case ESTIMATE -> estimate(density.normaliser());
    };
  }

  private static AllowedMass estimate(Optional<Normaliser> normaliser) {
    assumeTrue(
        normaliser.isPresent(),
        "logProb is an estimate without a normaliser(), whose mass need not be 1");
    double log = normaliser.orElseThrow().log();
    double error = normaliser.orElseThrow().standardError();
    double margin = Math.max(normaliser.orElseThrow().margin(), STANDARD_ERRORS * error);
    return new AllowedMass(
        Math.exp(-margin),
        Math.exp(margin),
        String.format(
            Locale.ROOT,
            "which normaliser() (log Z = %.4f +- %.4f, upper end %.4f) does not allow: it is"
                + " optimistic where the mass is above 1, for the log of an estimated mean is too"
                + " low; take more draws, and an upper end that holds",
            log,
            error,
            normaliser.orElseThrow().upper()));
  }

  /** Whether a mass that is known to some error is allowed. */
  boolean holds(double mass, double error) {
    return mass <= most + error && mass >= least - error;
  }
}
