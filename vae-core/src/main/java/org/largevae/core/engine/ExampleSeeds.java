package org.largevae.core.engine;

import ai.djl.ndarray.NDArray;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.Noise;

/**
 * Random numbers that depend on a seed and an example's own values alone: an example gets the same
 * draws, and so the same score, in any batch, at any place, in any order and beside any other.
 */
public final class ExampleSeeds {

  private ExampleSeeds() {}

  /**
   * Noise for the examples of a batch.
   *
   * @param batch B examples
   * @param seed the experiment's
   * @param purpose what for
   * @return a generator for each example; equal examples have equal ones
   */
  public static Noise noise(Batch batch, long seed, Seeds.Purpose purpose) {
    return Noise.ofExamples(of(batch, seed, purpose));
  }

  /**
   * The seeds of a batch's examples.
   *
   * @param batch B examples
   * @param seed the experiment's
   * @param purpose what for
   * @return B seeds; equal examples have equal ones
   */
  public static long[] of(Batch batch, long seed, Seeds.Purpose purpose) {
    float[] values = batch.x().toFloatArray();
    float[] observed = batch.observed().map(NDArray::toFloatArray).orElse(null);
    long[] seeds = new long[Math.toIntExact(batch.x().getShape().get(0))];
    int dimensions = values.length / seeds.length;
    for (int example = 0; example < seeds.length; example++) {
      seeds[example] =
          Seeds.of(seed, purpose, identity(values, observed, example * dimensions, dimensions), 0);
    }
    return seeds;
  }

  /** A hash of what is known of an example and of what is missing. */
  private static long identity(float[] values, float[] observed, int from, int dimensions) {
    long hash = dimensions;
    for (int i = from; i < from + dimensions; i++) {
      boolean missing = observed != null && observed[i] == 0;
      // zeros of both signs are the same value
      int bits = missing ? Float.floatToIntBits(Float.NaN) : Float.floatToIntBits(values[i] + 0f);
      // the multiplier of a 64-bit linear congruential generator (Knuth, MMIX)
      hash = (hash ^ bits) * 6364136223846793005L + 1442695040888963407L;
      hash ^= hash >>> 32;
    }
    return hash;
  }
}
