package org.largevae.core.preparation;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.core.table.PixelRows;
import org.largevae.core.table.StoredRows;

/**
 * Takes examples out of raw values and brings them to what the model sees.
 *
 * @param dimensions D, values of an example
 * @param kind which values come out
 * @param rule brings one example's values over
 * @param rows all examples, whose values are looked up when they are asked for; empty where the
 *     rule costs more than that
 */
record Scaling(int dimensions, ValueKind kind, Rule rule, Optional<StoredRows> rows) {
  private static final int LEVELS = 256;
  private static final int WHITE = 255;

  /** With a rule that is applied once. */
  Scaling(int dimensions, ValueKind kind, Rule rule) {
    this(dimensions, kind, rule, Optional.empty());
  }

  /** Brings an example's values over. */
  @FunctionalInterface
  interface Rule {
    /**
     * Writes D values.
     *
     * @param example its place in the dataset
     * @param target where to
     * @param offset the first one's place
     */
    void apply(int example, float[] target, int offset);
  }

  /** The examples at the given places, in their order. */
  Examples apply(int[] indices) {
    float[] values = new float[Math.multiplyExact(indices.length, dimensions)];
    for (int i = 0; i < indices.length; i++) {
      rule.apply(indices[i], values, i * dimensions);
    }
    return new Examples(indices.length, dimensions, values);
  }

  /** (p + 1/2) / 256, exact in single precision. */
  static Scaling pixels(byte[] pixels, int dimensions) {
    float[] table = new float[LEVELS];
    for (int p = 0; p < LEVELS; p++) {
      table[p] = (p + 0.5f) / LEVELS;
    }
    return lookup(pixels, dimensions, ValueKinds.GREY_LEVEL, table);
  }

  /** p / 255, the probability of a 1. */
  static Scaling probabilities(byte[] pixels, int dimensions) {
    float[] table = new float[LEVELS];
    for (int p = 0; p < LEVELS; p++) {
      table[p] = (float) p / WHITE;
    }
    return lookup(pixels, dimensions, ValueKinds.BINARY, table);
  }

  /** 1 where p / 255 is above the threshold. */
  static Scaling pixelsAbove(byte[] pixels, int dimensions, double threshold) {
    float[] table = new float[LEVELS];
    for (int p = 0; p < LEVELS; p++) {
      table[p] = (double) p / WHITE > threshold ? 1 : 0;
    }
    return lookup(pixels, dimensions, ValueKinds.BINARY, table);
  }

  private static Scaling lookup(byte[] pixels, int dimensions, ValueKind kind, float[] table) {
    StoredRows rows = new PixelRows(pixels, table, dimensions);
    return new Scaling(dimensions, kind, rows::copy, Optional.of(rows));
  }

  /** The draws of a dataset's examples, each by its place. */
  static Scaling drawn(byte[] pixels, int dimensions, long seed) {
    long[] seeds = new SplittableRandom(seed).longs(pixels.length / dimensions).toArray();
    return drawn(pixels, dimensions, example -> seeds[example]);
  }

  /** The draws of examples of any file: equal ones have equal draws, wherever they stand. */
  static Scaling drawnByContent(byte[] pixels, int dimensions, long seed) {
    return drawn(
        pixels,
        dimensions,
        example -> {
          long hash = seed;
          for (int i = example * dimensions; i < (example + 1) * dimensions; i++) {
            // the multiplier of a 64-bit linear congruential generator (Knuth, MMIX)
            hash = (hash ^ pixels[i]) * 6364136223846793005L + 1442695040888963407L;
            hash ^= hash >>> 32;
          }
          return hash;
        });
  }

  /** 1 with probability p / 255, exactly: a uniform whole number below 255 is below p. */
  private static Scaling drawn(byte[] pixels, int dimensions, IntToLongFunction seeds) {
    return new Scaling(
        dimensions,
        ValueKinds.BINARY,
        (example, target, offset) -> {
          SplittableRandom random = new SplittableRandom(seeds.applyAsLong(example));
          int from = example * dimensions;
          for (int d = 0; d < dimensions; d++) {
            target[offset + d] = random.nextInt(WHITE) < (pixels[from + d] & 0xff) ? 1 : 0;
          }
        });
  }

  static Scaling reals(float[] values, int dimensions) {
    return new Scaling(
        dimensions,
        ValueKinds.REAL,
        (example, target, offset) ->
            System.arraycopy(values, example * dimensions, target, offset, dimensions));
  }

  /** 1 where the value is above the threshold. */
  static Scaling realsAbove(float[] values, int dimensions, double threshold) {
    return new Scaling(
        dimensions,
        ValueKinds.BINARY,
        (example, target, offset) -> {
          int from = example * dimensions;
          for (int d = 0; d < dimensions; d++) {
            target[offset + d] = values[from + d] > threshold ? 1 : 0;
          }
        });
  }
}
