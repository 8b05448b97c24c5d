package org.largevae.datasets.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.Labels;

/**
 * An array of unsigned bytes as the IDX format of MNIST holds it: two zero bytes, the type of the
 * values, the number of dimensions, each dimension as a big-endian 32-bit number, then the values,
 * the last dimension fastest. Reading is strict: nothing may be missing, nothing may follow.
 *
 * @param dimensions their sizes
 * @param values unsigned bytes; not copied
 */
public record IdxArray(List<Integer> dimensions, byte[] values) {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int MOST_DIMENSIONS = 8;
  private static final Map<Integer, String> OTHER_TYPES =
      Map.of(
          0x09, "signed bytes",
          0x0B, "16-bit integers",
          0x0C, "32-bit integers",
          0x0D, "32-bit floats",
          0x0E, "64-bit floats");

  /** Copies the list of sizes. */
  public IdxArray {
    dimensions = List.copyOf(dimensions);
  }

  /**
   * The array as labels of examples.
   *
   * @param examples how many there are
   * @param source the file's name, for messages
   * @return the labels, of classes that have their numbers as names
   * @throws DataException if it is not one number for each example
   */
  public Labels labels(int examples, String source) {
    if (!dimensions.equals(List.of(examples))) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: holds an array of %s; labels need one number for each of the %d images",
              source,
              dimensions,
              examples));
    }
    return Labels.of(
        IntStream.range(0, examples).mapToObj(i -> String.valueOf(values[i] & 0xff)).toList());
  }

  /**
   * Reads an array.
   *
   * @param content a whole IDX file, uncompressed
   * @param source the file's name, for messages
   * @return the array
   * @throws DataException if the content is no IDX file of unsigned bytes, or more or less than its
   *     header declares
   */
  public static IdxArray read(byte[] content, String source) {
    try {
      return read(new ByteArrayInputStream(content), source);
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory failed", impossible);
    }
  }

  /**
   * Reads an array to the stream's end. Takes no more memory than the stream has bytes, whatever
   * its header declares.
   *
   * @param content an IDX file, uncompressed; not closed
   * @param source the file's name, for messages
   * @return the array
   * @throws DataException as {@link #read(byte[], String)}
   * @throws IOException if the stream fails
   */
  public static IdxArray read(InputStream content, String source) throws IOException {
    byte[] magic = content.readNBytes(4);
    checkMagic(magic, source);
    int count = magic[3] & 0xff;
    if (count > MOST_DIMENSIONS) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: declares %d dimensions; arrays of up to %d can be read",
              source,
              count,
              MOST_DIMENSIONS));
    }
    byte[] header = content.readNBytes(4 * count);
    if (header.length < 4 * count) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: is truncated: it ends within its header, which declares %d dimensions",
              source,
              count));
    }
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sizes.add(unsigned(header, 4 * i));
    }
    int expected = product(sizes, source);
    byte[] values = content.readNBytes(expected);
    if (values.length < expected) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: is truncated: its header declares %s = %d values, but only %d follow",
              source,
              shown(sizes),
              expected,
              values.length));
    }
    if (content.read() >= 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: goes on after the %s = %d values that its header declares",
              source,
              shown(sizes),
              expected));
    }
    return new IdxArray(sizes.stream().map(Math::toIntExact).toList(), values);
  }

  private static void checkMagic(byte[] magic, String source) {
    if (magic.length < 4) {
      throw new DataException(
          source + ": is not an IDX file: it has only " + magic.length + " bytes");
    }
    int type = magic[2] & 0xff;
    boolean zeros = magic[0] == 0 && magic[1] == 0;
    if (zeros && OTHER_TYPES.containsKey(type)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: holds %s (type 0x%02x); only unsigned bytes (type 0x08) can be read",
              source,
              OTHER_TYPES.get(type),
              type));
    }
    if (!zeros || type != UNSIGNED_BYTE || magic[3] == 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: is not an IDX file of unsigned bytes: it starts with the magic number 0x%08x,"
                  + " images with 0x00000803",
              source,
              (int) unsigned(magic, 0)));
    }
  }

  private static int product(List<Long> sizes, String source) {
    long product = 1;
    for (long size : sizes) {
      // Each size is below 2^32 and the product at most 2^31 before, so this cannot overflow.
      product *= size;
      // A size of 0 beside it does not excuse one that no array of Java can have.
      if (product > Memory.LARGEST_ARRAY || size > Memory.LARGEST_ARRAY) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: its header declares %s values, more than the %d that can be read",
                source,
                shown(sizes),
                Memory.LARGEST_ARRAY));
      }
    }
    return (int) product;
  }

  private static String shown(List<Long> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(" x "));
  }

  private static long unsigned(byte[] bytes, int at) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(at));
  }
}
