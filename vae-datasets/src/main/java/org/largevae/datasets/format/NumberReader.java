package org.largevae.datasets.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;
import org.largevae.api.data.DataException;

/**
 * Reads a run of numbers from a stream. Takes memory in proportion to what the stream holds,
 * whatever its header declares.
 *
 * @param source the file and array, for messages
 * @param format how numbers are stored
 * @param order of the bytes of a number
 * @param place where the value at an index stands, for messages
 * @param scans looks at the values as they are in the file
 */
record NumberReader(
    String source,
    NumberFormat format,
    ByteOrder order,
    IntFunction<String> place,
    ArrayScans scans) {
  private static final int BLOCK = 1 << 13;

  /**
   * Reads unsigned bytes as they are.
   *
   * @param count how many
   * @throws DataException if the stream ends before
   */
  byte[] bytes(InputStream content, int count) throws IOException {
    Memory.require(count, source);
    byte[] bytes = content.readNBytes(count);
    requireWhole(bytes.length, count);
    return bytes;
  }

  /**
   * Reads numbers into single precision.
   *
   * @param count how many
   * @throws DataException if the stream ends before, or a number is infinite, not a number, or
   *     beyond single precision's range, or numbers are too close to each other for it
   */
  float[] floats(InputStream content, int count) throws IOException {
    Memory.require((long) count * Float.BYTES, source);
    float[] values = new float[Math.min(count, BLOCK)];
    byte[] block = new byte[BLOCK * format.size()];
    for (int done = 0; done < count; ) {
      int wanted = Math.min(BLOCK, count - done);
      int got = content.readNBytes(block, 0, wanted * format.size());
      requireWhole(done + got / format.size(), done + wanted);
      if (done + wanted > values.length) {
        values = Arrays.copyOf(values, (int) Math.min(count, 2L * values.length));
      }
      ByteBuffer bytes = ByteBuffer.wrap(block, 0, got).order(order);
      for (int i = done; i < done + wanted; i++) {
        double value = format.read(bytes);
        values[i] = single(value, i);
        scans.add(i, value);
      }
      done += wanted;
    }
    scans.check();
    return values;
  }

  private float single(double value, int at) {
    float single = (float) value;
    if (!Float.isFinite(single)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              Double.isFinite(value)
                  ? "%s: %s is %s, beyond the range of 32-bit numbers (3.4e38)"
                  : "%s: %s is %s; values must be finite, leave out or replace what is missing",
              source,
              place.apply(at),
              value));
    }
    return single;
  }

  private void requireWhole(int found, int wanted) {
    if (found < wanted) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: is truncated: its header declares more values than the %d that follow",
              source,
              found));
    }
  }
}
