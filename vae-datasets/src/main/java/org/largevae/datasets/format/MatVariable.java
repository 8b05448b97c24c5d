package org.largevae.datasets.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.Values;
import org.largevae.api.files.MessageText;

/**
 * A variable of a MAT-file.
 *
 * @param name its name, empty for MATLAB's own
 * @param flags its class and whether it is complex or logical
 * @param sizes of its axes; none for objects
 * @param packed whether it is packed with zlib
 * @param at the byte where its element begins
 * @param size of the element's content
 */
record MatVariable(String name, int flags, List<Long> sizes, boolean packed, int at, int size) {
  private static final int INT8 = 1;
  private static final int UINT8 = 2;
  private static final int INT32 = 5;
  private static final int UINT32 = 6;
  private static final int UTF8 = 16;
  private static final int MOST_AXES = 32;
  private static final int LONGEST_NAME = 1024;

  private static final int CLASS_SPARSE = 5;
  private static final int CLASS_DOUBLE = 6;
  private static final int CLASS_UINT8 = 9;
  private static final int CLASS_UINT64 = 15;
  private static final int CLASS_OPAQUE = 17;
  private static final int COMPLEX = 0x0800;
  private static final int LOGICAL = 0x0200;

  private static final Map<Integer, String> OTHER_CLASSES =
      Map.of(
          1,
          "a cell array",
          2,
          "a structure; save one of its fields as a variable",
          3,
          "an object",
          4,
          "text",
          CLASS_SPARSE,
          "a sparse matrix; save full(X)",
          16,
          "a function",
          CLASS_OPAQUE,
          "an object, such as a table or a string");

  private static final Map<Integer, NumberFormat> FORMATS =
      Map.of(
          INT8,
          NumberFormat.INT8,
          UINT8,
          NumberFormat.UINT8,
          3,
          NumberFormat.INT16,
          4,
          NumberFormat.UINT16,
          INT32,
          NumberFormat.INT32,
          UINT32,
          NumberFormat.UINT32,
          7,
          NumberFormat.FLOAT32,
          9,
          NumberFormat.FLOAT64,
          12,
          NumberFormat.INT64,
          13,
          NumberFormat.UINT64);

  /**
   * Reads what stands before the values. Types of the same width are taken for each other, as SciPy
   * does, since some programs write them.
   */
  static MatVariable read(MatElements elements, boolean packed, int at, int size)
      throws IOException {
    ByteBuffer flagBytes = elements.element(Set.of(UINT32, INT32), 8, "its flags");
    if (flagBytes.remaining() != 8) {
      throw elements.damaged("its flags have " + flagBytes.remaining() + " bytes");
    }
    int flags = flagBytes.getInt();
    List<Long> sizes = new ArrayList<>();
    if ((flags & 0xff) != CLASS_OPAQUE) {
      ByteBuffer bytes =
          elements.element(Set.of(INT32, UINT32), MOST_AXES * Integer.BYTES, "its list of sizes");
      while (bytes.remaining() >= Integer.BYTES) {
        sizes.add(Integer.toUnsignedLong(bytes.getInt()));
      }
      if (bytes.hasRemaining() || sizes.size() < 2) {
        throw elements.damaged("its list of sizes has " + bytes.limit() + " bytes");
      }
    }
    ByteBuffer name = elements.element(Set.of(INT8, UINT8, UTF8), LONGEST_NAME, "its name");
    String text = StandardCharsets.ISO_8859_1.decode(name).toString();
    return new MatVariable(text, flags, List.copyOf(sizes), packed, at, size);
  }

  /** Reads the values that follow. */
  NumericArray values(MatElements elements, String source, boolean examplesFirst)
      throws IOException {
    int kind = flags & 0xff;
    if (kind < CLASS_DOUBLE || kind > CLASS_UINT64) {
      String what = OTHER_CLASSES.getOrDefault(kind, "of the unknown class " + kind);
      throw new DataException(source + ": is not an array of numbers, but " + what);
    }
    if ((flags & COMPLEX) != 0) {
      throw new DataException(source + ": holds complex numbers; save real(X) or imag(X)");
    }
    String shown = sizes.stream().map(String::valueOf).collect(Collectors.joining(" x "));
    int count = Memory.elements(sizes, shown, source);
    MatElements.Tag tag = elements.tag();
    NumberFormat format = FORMATS.get(tag.type());
    if (format == null || (long) count * format.size() != tag.size()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: is damaged: it is %s, but its values are an element of type %d and %d bytes",
              source,
              shown,
              tag.type(),
              tag.size()));
    }
    List<Integer> whole = sizes.stream().map(Long::intValue).toList();
    IntFunction<String> place =
        at ->
            Arrays.stream(NumericArray.indices(at, whole, true))
                .mapToObj(index -> String.valueOf(index + 1))
                .collect(Collectors.joining(",", MessageText.of(name) + "(", ")"));
    String columnOf = MessageText.of(name) + (examplesFirst ? "(:,%d)" : "(%d,:)");
    ArrayScans scans =
        ArrayScans.of(
            source,
            whole,
            true,
            examplesFirst,
            column -> String.format(Locale.ROOT, columnOf, column + 1));
    NumberReader reader = new NumberReader(source, format, elements.order(), place, scans);
    boolean pixels = kind == CLASS_UINT8 && (flags & LOGICAL) == 0;
    Values values =
        pixels && format == NumberFormat.UINT8
            ? new Values.Pixels(reader.bytes(elements.content(), count))
            : new Values.Reals(reader.floats(elements.content(), count));
    elements.end(tag);
    return new NumericArray(source, whole, true, values, place);
  }
}
