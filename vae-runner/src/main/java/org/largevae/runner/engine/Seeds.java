package org.largevae.runner.engine;

import ai.djl.engine.Engine;

/**
 * Seeds of the engine's random generator. Its state cannot be read back, so every step is seeded
 * anew from the experiment's seed and its own place: a run that goes on from a checkpoint then draws
 * what it would have drawn.
 */
public final class Seeds {
  /** What a seed is for; each purpose draws its own numbers. */
  public enum Purpose {
    /** The start of the parameters. */
    INITIAL_VALUES,
    /** The order of the training examples in an epoch. */
    ORDER,
    /** The noise of a training step. */
    STEP,
    /** The noise of the validation loss, the same in every epoch. */
    VALIDATION,
    /** Importance samples of an evaluation. */
    EVALUATION,
    /** Draws for pictures. */
    PICTURES
  }

  private Seeds() {}

  /**
   * A seed that depends on all its arguments.
   *
   * @param seed the experiment's seed
   * @param purpose what it is for
   * @param epoch the epoch, or 0
   * @param step the step in the epoch, or 0
   * @return the seed
   */
  public static long of(long seed, Purpose purpose, long epoch, long step) {
    long hash = mix(seed);
    hash = mix(hash ^ (purpose.ordinal() + 1));
    hash = mix(hash ^ epoch);
    return mix(hash ^ step);
  }

  /**
   * Seeds the engine.
   *
   * @param seed the experiment's seed
   * @param purpose what for
   * @param epoch the epoch, or 0
   * @param step the step in the epoch, or 0
   */
  public static void apply(long seed, Purpose purpose, long epoch, long step) {
    Engine.getEngine("PyTorch").setRandomSeed((int) of(seed, purpose, epoch, step));
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
