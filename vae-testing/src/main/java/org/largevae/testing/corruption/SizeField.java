package org.largevae.testing.corruption;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A place where a file declares a size, so that mutations can make it huge or negative.
 *
 * @param offset of its first byte
 * @param bytes how many it takes, from 1 to 8
 * @param order of its bytes
 */
public record SizeField(int offset, int bytes, ByteOrder order) {

  /** Checks the width. */
  public SizeField {
    if (bytes < 1 || bytes > Long.BYTES) {
      throw new IllegalArgumentException("a size field of " + bytes + " bytes");
    }
  }

  /**
   * A field whose most significant byte comes first.
   *
   * @param offset of its first byte
   * @param bytes how many it takes
   * @return the field
   */
  public static SizeField bigEndian(int offset, int bytes) {
    return new SizeField(offset, bytes, ByteOrder.BIG_ENDIAN);
  }

  /**
   * A field whose least significant byte comes first.
   *
   * @param offset of its first byte
   * @param bytes how many it takes
   * @return the field
   */
  public static SizeField littleEndian(int offset, int bytes) {
    return new SizeField(offset, bytes, ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes the low bytes of a value; does nothing where the content ends before the field. */
  void write(byte[] content, long value) {
    if (offset < 0 || offset + bytes > content.length) {
      return;
    }
    byte[] low = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    for (int i = 0; i < bytes; i++) {
      int at = order == ByteOrder.BIG_ENDIAN ? i : bytes - 1 - i;
      content[offset + at] = low[Long.BYTES - bytes + i];
    }
  }
}
