package org.largevae.core.engine;

import ai.djl.engine.Engine;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Seeds of the engine's random generator. Its state cannot be read back, so every step is seeded
 * anew from the experiment's seed and its own place: a run that goes on from a checkpoint then
 * draws what it would have drawn.
 *
 * <p>The engine has one generator for all threads. Whoever draws from it therefore seeds it and
 * draws within a {@link Turn}; other threads wait for its end.
 */
public final class Seeds {
  private static final ReentrantLock GENERATOR = new ReentrantLock();

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
    PICTURES,
    /** Draws from posteriors that an application asks for. */
    POSTERIOR,
    /** What is missing in examples. */
    IMPUTATION,
    /** Examples drawn from the model. */
    EXAMPLES,
    /** What components draw where they bring their state up to date. */
    REFRESH,
    /** Draws of the latents above a level whose active units are counted. */
    ACTIVE_UNITS
  }

  /** A time in which only the thread that began it draws. */
  public static final class Turn implements AutoCloseable {
    private Turn() {}

    /** Lets other threads draw; called by the thread that began the turn. */
    @Override
    public void close() {
      GENERATOR.unlock();
    }
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
   * Waits until no other thread draws, and seeds the engine.
   *
   * @param seed the experiment's seed
   * @param purpose what for
   * @param epoch the epoch, or 0
   * @param step the step in the epoch, or 0
   * @return to be closed by this thread as soon as all is drawn
   */
  public static Turn begin(long seed, Purpose purpose, long epoch, long step) {
    GENERATOR.lock();
    try {
      Engine.getEngine("PyTorch").setRandomSeed((int) of(seed, purpose, epoch, step));
      return new Turn();
    } catch (RuntimeException | Error failure) {
      GENERATOR.unlock();
      throw failure;
    }
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
