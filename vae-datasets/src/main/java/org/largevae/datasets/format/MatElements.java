package org.largevae.datasets.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Set;
import org.largevae.api.data.DataException;

/**
 * The elements within a variable of a MAT-file, one after another: a tag with type and size, the
 * content, and zeros up to the next multiple of 8 bytes. Contents of at most 4 bytes may stand in
 * the tag itself.
 */
final class MatElements implements AutoCloseable {
  private static final int ALIGNMENT = 8;
  private static final int SMALL = 4;

  private final InputStream content;
  private final ByteOrder order;
  private final String source;
  private long left;

  /**
   * Reads the elements of a variable.
   *
   * @param content closed with this
   * @param order of the file's bytes
   * @param left how many bytes belong to the variable
   * @param source the file, for messages
   */
  MatElements(InputStream content, ByteOrder order, long left, String source) {
    this.content = content;
    this.order = order;
    this.left = left;
    this.source = source;
  }

  /** The same stream from here on, limited to a number of bytes. */
  MatElements limited(long bytes) {
    return new MatElements(content, order, bytes, source);
  }

  /**
   * The tag of an element.
   *
   * @param type what it holds
   * @param size of its content in bytes
   * @param padding how many bytes follow the content
   */
  record Tag(int type, int size, int padding) {}

  ByteOrder order() {
    return order;
  }

  InputStream content() {
    return content;
  }

  /** Reads a tag and checks that its content is there. */
  Tag tag() throws IOException {
    int first = integer();
    if (first >>> 16 != 0) {
      int size = first >>> 16;
      if (size > SMALL) {
        throw damaged("a small element declares " + size + " bytes");
      }
      take(SMALL);
      return new Tag(first & 0xffff, size, SMALL - size);
    }
    long size = Integer.toUnsignedLong(integer());
    long padding = (ALIGNMENT - size % ALIGNMENT) % ALIGNMENT;
    if (size > Memory.LARGEST_ARRAY) {
      throw damaged("an element declares " + size + " bytes");
    }
    take(size + padding);
    return new Tag(first, (int) size, (int) padding);
  }

  /** The content of the next element, of one of the given types and at most that length. */
  ByteBuffer element(Set<Integer> types, int longest, String what) throws IOException {
    Tag tag = tag();
    if (!types.contains(tag.type()) || tag.size() > longest) {
      throw damaged(
          String.format(
              Locale.ROOT,
              "%s is an element of type %d and %d bytes",
              what,
              tag.type(),
              tag.size()));
    }
    ByteBuffer bytes = ByteBuffer.wrap(exactly(tag.size())).order(order);
    exactly(tag.padding());
    return bytes;
  }

  int integer() throws IOException {
    take(Integer.BYTES);
    return ByteBuffer.wrap(exactly(Integer.BYTES)).order(order).getInt();
  }

  /** Requires that the variable, and what it was unpacked from, end here. */
  void end(Tag last) throws IOException {
    exactly(last.padding());
    if (left != 0) {
      throw damaged("it goes on after its values");
    }
    // reading to the end of a packed variable verifies its checksum
    if (content.read() >= 0) {
      throw damaged("it goes on after its declared size");
    }
  }

  private void take(long bytes) {
    if (bytes > left) {
      throw damaged("an element goes beyond the variable's end");
    }
    left -= bytes;
  }

  private byte[] exactly(int count) throws IOException {
    byte[] bytes = content.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("it ends too soon");
    }
    return bytes;
  }

  DataException damaged(String what) {
    return new DataException(source + ": is damaged: in a variable, " + what);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
