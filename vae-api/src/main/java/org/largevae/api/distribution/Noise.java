package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;

/**
 * Where the random numbers of draws come from: the engine's one generator, or a generator for each
 * example, so that what is drawn for an example depends on it and the seed alone and not on what
 * else is in the batch.
 *
 * <p>Draws have shapes (..., B, D): the last axis is the value's, the one before it counts examples
 * or, for a prior, draws. An array of fewer axes holds one example's.
 */
public interface Noise {

  /** The engine's generator: fast, the same for a seed while nothing else draws. */
  Noise ENGINE = new EngineNoise();

  /**
   * A generator for each example.
   *
   * @param seeds of the B generators
   * @return for draws of shape (..., B, D), and for (D) if B is 1
   */
  static Noise ofExamples(long... seeds) {
    return new ExampleNoise(seeds);
  }

  /** Draws a single number. */
  @FunctionalInterface
  interface Each {
    /**
     * Draws it.
     *
     * @param random the generator of the example that the number is of
     * @param index of the number in its array, row by row
     * @return the draw
     */
    double draw(RandomGenerator random, int index);
  }

  /**
   * Standard normal numbers.
   *
   * @param manager owns them
   * @param shape (..., B, D)
   * @param type float32 or float64
   * @return an array of that shape
   */
  NDArray normal(NDManager manager, Shape shape, DataType type);

  /**
   * Uniform numbers, at least 0 and below 1.
   *
   * @param manager owns them
   * @param shape (..., B, D)
   * @param type float32 or float64
   * @return an array of that shape
   */
  NDArray uniform(NDManager manager, Shape shape, DataType type);

  /**
   * Numbers of distributions that the engine cannot draw from, one by one on the host. No gradient
   * flows through them.
   *
   * @param manager owns them
   * @param shape (..., B, D)
   * @param draw draws each
   * @return a float32 array of that shape
   */
  NDArray each(NDManager manager, Shape shape, Each draw);

  /**
   * The random numbers of one level of latents. Generators of examples have a stream for each
   * level, so that S draws at once are the same as S one by one, whatever stands below.
   *
   * @param level counted from the top, which is 0 and has these numbers themselves
   * @return goes on where it stopped, each time that the level is asked for
   */
  default Noise level(int level) {
    return this;
  }
}
