package org.largevae.datasets.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.Values;

/**
 * Reads an array in NumPy's format, {@code .npy}, of booleans, integers or floating point numbers
 * of any size and byte order, in C's or Fortran's order of axes. Reading is strict: nothing may be
 * missing, nothing may follow. Objects are never unpickled.
 */
public final class NpyFile {

  private NpyFile() {}

  /**
   * Reads an array from memory.
   *
   * @param content the whole file
   * @param source its name, for messages
   * @return the array; pixels where its type is {@code uint8}
   * @throws DataException as {@link #read(InputStream, long, String, boolean)} does
   */
  public static NumericArray read(byte[] content, String source) {
    try {
      return read(new ByteArrayInputStream(content), content.length, source, true);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Reads an array to the stream's end. Takes memory in proportion to the stream's length, whatever
   * its header declares.
   *
   * @param content the array; not closed
   * @param length of the stream in bytes
   * @param source the file and array, for messages
   * @param examplesFirst whether the first axis counts the examples, not the last
   * @return the array; pixels where its type is {@code uint8}
   * @throws DataException if the content is no such array, is more or less than its header
   *     declares, holds a number that is not finite, or numbers too close to each other for single
   *     precision
   * @throws IOException if the stream fails
   */
  public static NumericArray read(
      InputStream content, long length, String source, boolean examplesFirst) throws IOException {
    NpyHeader header = NpyHeader.read(content, source);
    int count = Memory.elements(header.sizes(), header.shownSizes(), source);
    requireFit((long) count * header.format().size(), length - header.length(), header, source);
    List<Integer> sizes = header.sizes().stream().map(Long::intValue).toList();
    IntFunction<String> place =
        at ->
            "the value at "
                + Arrays.toString(NumericArray.indices(at, sizes, header.firstFastest()));
    ArrayScans scans =
        ArrayScans.of(
            source,
            sizes,
            header.firstFastest(),
            examplesFirst,
            column -> examplesFirst ? "[:, " + column + "]" : "[" + column + ", :]");
    NumberReader reader = new NumberReader(source, header.format(), header.order(), place, scans);
    Values values =
        header.format() == NumberFormat.UINT8
            ? new Values.Pixels(reader.bytes(content, count))
            : new Values.Reals(reader.floats(content, count));
    return new NumericArray(source, sizes, header.firstFastest(), values, place);
  }

  private static void requireFit(long declared, long found, NpyHeader header, String source) {
    if (declared != found) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %s: its header declares %s values of %d bytes, %d bytes in all, but %d follow",
              source,
              found < declared ? "is truncated" : "goes on after its values",
              header.shownSizes(),
              header.format().size(),
              declared,
              found));
    }
  }
}
