package org.largevae.datasets.format;

import java.util.Locale;
import org.largevae.api.data.DataException;

/** Refuses data that are too large, before memory is taken for them. */
final class Memory {
  /** The most elements that an array of Java holds. */
  static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Deflate packs long runs of one byte 1000 to 1; data that are worth reading, far less. */
  private static final long MOST_UNPACKED = 250;

  /** Below this it does not matter how well something was packed. */
  private static final long HARMLESS = 64L << 20;

  private static final double MEBI = 1 << 20;

  private Memory() {}

  /**
   * Refuses what cannot fit beside what is in use.
   *
   * @throws DataException naming the memory that is needed and how to get it
   */
  static void require(long bytes, String source) {
    Runtime runtime = Runtime.getRuntime();
    // what is in use may be garbage, so only what the whole heap can never hold is refused
    if (bytes > runtime.maxMemory() - (runtime.maxMemory() >> 3)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: its values need %.0f MiB of memory, but Java may use only %.0f; allow more with"
                  + " VAE_JAVA_OPTS=-Xmx%.0fm, or take fewer examples",
              source,
              bytes / MEBI,
              runtime.maxMemory() / MEBI,
              Math.ceil(3 * bytes / MEBI)));
    }
  }

  /**
   * Refuses packed data that unpack to far more than data do.
   *
   * @param remedy how to write the file without packing
   * @throws DataException if so
   */
  static void requirePlausible(long packed, long unpacked, String source, String remedy) {
    if (unpacked > HARMLESS && unpacked / MOST_UNPACKED > packed) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: its %d bytes would unpack to %d, which is refused as a likely attack; if the data"
                  + " are yours, %s",
              source,
              packed,
              unpacked,
              remedy));
    }
  }

  /**
   * The number of elements of an array.
   *
   * @throws DataException if it has none, or more than can be read
   */
  static int elements(Iterable<Long> sizes, String shown, String source) {
    long product = 1;
    for (long size : sizes) {
      if (size == 0) {
        throw new DataException(source + ": is an array of " + shown + ", which holds no values");
      }
      // a product of at most 2^31 and a size below 2^32
      product = size < 1L << 32 ? product * size : Long.MAX_VALUE;
      if (product > LARGEST_ARRAY) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: declares an array of %s, more than the %d values that can be read",
                source,
                shown,
                LARGEST_ARRAY));
      }
    }
    return (int) product;
  }
}
