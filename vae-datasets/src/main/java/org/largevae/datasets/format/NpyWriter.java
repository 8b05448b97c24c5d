package org.largevae.datasets.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes an array in NumPy's format, {@code .npy}, version 1.0, one example after another: how many
 * there are is put into its header at the end. Numbers are little-endian, axes in C's order.
 */
public final class NpyWriter {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** Of the whole header; room for a shape of any size, and a multiple of 64. */
  private static final int HEADER_BYTES = 192;

  private static final int BUFFER_BYTES = 1 << 16;

  /** What the numbers are written in. */
  public enum Precision {
    /** 32 bits. */
    SINGLE("<f4", Float.BYTES),
    /** 64 bits. */
    DOUBLE("<f8", Double.BYTES);

    private final String name;
    private final int bytes;

    Precision(String name, int bytes) {
      this.name = name;
      this.bytes = bytes;
    }
  }

  private final FileChannel channel;
  private final Precision precision;
  private final List<Integer> shape;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long examples;

  /**
   * Starts an array.
   *
   * @param channel an empty file; left open
   * @param precision of the numbers
   * @param shape of an example, at least one axis
   * @throws UncheckedIOException if it cannot be written
   */
  public NpyWriter(FileChannel channel, Precision precision, List<Integer> shape) {
    this.channel = channel;
    this.precision = precision;
    this.shape = List.copyOf(shape);
    buffer.put(header());
  }

  /**
   * Writes an example.
   *
   * @param values of the shape, in C's order
   * @throws UncheckedIOException if it cannot be written
   */
  public void write(double[] values) {
    for (double value : values) {
      if (buffer.remaining() < precision.bytes) {
        flush();
      }
      if (precision == Precision.SINGLE) {
        buffer.putFloat((float) value);
      } else {
        buffer.putDouble(value);
      }
    }
    examples++;
  }

  /**
   * Completes the array.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public void finish() {
    flush();
    try {
      channel.position(0);
      buffer.put(header());
      flush();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void flush() {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    buffer.clear();
  }

  private byte[] header() {
    String axes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String text =
        "{'descr': '"
            + precision.name
            + "', 'fortran_order': False, 'shape': ("
            + examples
            + ", "
            + axes
            + "), }";
    int length = HEADER_BYTES - MAGIC.length - Short.BYTES;
    String padded = text + " ".repeat(length - 1 - text.length()) + "\n";
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) length)
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
