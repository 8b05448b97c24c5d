package org.largevae.datasets.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.largevae.api.data.DataException;
import org.largevae.api.files.MessageText;

/**
 * The header of NumPy's format: a magic number, a version, a length, and the text of a Python
 * dictionary with the keys descr, fortran_order and shape. Only that dictionary is understood; it
 * is never run.
 *
 * @param format of a number
 * @param order of its bytes
 * @param firstFastest true for Fortran's order
 * @param sizes of the axes
 * @param length of the header in bytes
 */
record NpyHeader(
    NumberFormat format, ByteOrder order, boolean firstFastest, List<Long> sizes, int length) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy itself does not read longer ones of files it does not trust. */
  private static final int LONGEST = 10_000;

  private static final int MOST_AXES = 64;

  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*+['\"](\\w++)['\"]\\s*+:\\s*+"
              + "('[^']*+'|\"[^\"]*+\"|True|False|\\([^()]*+\\)|\\[)\\s*+([,}]?)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})L?");
  private static final Pattern TYPE = Pattern.compile("([<>|=]?)([a-zA-Z?])(\\d{0,9})(.*)");

  private static final Map<String, NumberFormat> FORMATS =
      Map.ofEntries(
          Map.entry("b1", NumberFormat.BOOLEAN),
          Map.entry("i1", NumberFormat.INT8),
          Map.entry("u1", NumberFormat.UINT8),
          Map.entry("i2", NumberFormat.INT16),
          Map.entry("u2", NumberFormat.UINT16),
          Map.entry("i4", NumberFormat.INT32),
          Map.entry("u4", NumberFormat.UINT32),
          Map.entry("i8", NumberFormat.INT64),
          Map.entry("u8", NumberFormat.UINT64),
          Map.entry("f2", NumberFormat.FLOAT16),
          Map.entry("f4", NumberFormat.FLOAT32),
          Map.entry("f8", NumberFormat.FLOAT64));

  /**
   * Reads a header and leaves the stream where the values begin.
   *
   * @throws DataException if it is none, is damaged, or declares something other than real numbers
   * @throws IOException if the stream fails
   */
  static NpyHeader read(InputStream content, String source) throws IOException {
    byte[] start = content.readNBytes(MAGIC.length + 2);
    for (int i = 0; i < MAGIC.length; i++) {
      if (start.length <= i || start[i] != MAGIC[i]) {
        throw new DataException(
            source + ": is not a NumPy array: it does not start with \\x93NUMPY");
      }
    }
    int version = start.length < MAGIC.length + 2 ? 0 : start[MAGIC.length];
    if (version < 1 || version > 3) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: is of version %d of NumPy's format; versions 1 to 3 can be read",
              source,
              version));
    }
    byte[] lengthBytes = content.readNBytes(version == 1 ? 2 : 4);
    long length = 0;
    for (int i = lengthBytes.length - 1; i >= 0; i--) {
      length = length << 8 | lengthBytes[i] & 0xff;
    }
    if (length > LONGEST) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: declares a header of %d bytes; at most %d are read",
              source,
              length,
              LONGEST));
    }
    byte[] text = content.readNBytes((int) length);
    if (text.length < length || length == 0) {
      throw new DataException(source + ": is truncated: it ends within its header");
    }
    return parse(
        new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1),
        start.length + lengthBytes.length + text.length,
        source);
  }

  private static NpyHeader parse(String text, int length, String source) {
    Map<String, String> entries = entries(text, source);
    String type = entries.get("descr");
    String order = entries.get("fortran_order");
    String shape = entries.get("shape");
    if (entries.size() != 3 || type == null || order == null || shape == null) {
      throw damaged(source, text);
    }
    if (type.startsWith("[")) {
      throw refused(source, "records of several fields; save one field, as array[\"name\"]");
    }
    if (!order.equals("True") && !order.equals("False") || !shape.startsWith("(")) {
      throw damaged(source, text);
    }
    String descr = MessageText.of(type.substring(1, type.length() - 1));
    Matcher parts = TYPE.matcher(descr);
    if (!parts.matches()) {
      throw damaged(source, text);
    }
    NumberFormat format = FORMATS.get(parts.group(2) + parts.group(3));
    if (format == null || !parts.group(4).isEmpty()) {
      throw refused(source, kind(parts.group(2), descr));
    }
    ByteOrder bytes = parts.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    if (format.size() > 1 && !parts.group(1).equals("<") && !parts.group(1).equals(">")) {
      throw refused(source, "numbers of type " + descr + " without their byte order");
    }
    return new NpyHeader(format, bytes, order.equals("True"), sizes(shape, source, text), length);
  }

  private static Map<String, String> entries(String text, String source) {
    Map<String, String> entries = new HashMap<>();
    String dictionary = text.strip();
    if (!dictionary.startsWith("{") || !dictionary.endsWith("}")) {
      throw damaged(source, text);
    }
    Matcher matcher = ENTRY.matcher(dictionary);
    int at = 1;
    while (matcher.region(at, dictionary.length()).lookingAt()) {
      if (entries.put(matcher.group(1), matcher.group(2)) != null) {
        throw damaged(source, text);
      }
      if (matcher.group(2).equals("[")) {
        throw refused(source, "records of several fields; save one field, as array[\"name\"]");
      }
      at = matcher.end();
      if (matcher.group(3).equals("}")) {
        at--;
        break;
      } else if (matcher.group(3).isEmpty()) {
        throw damaged(source, text);
      }
    }
    if (!dictionary.substring(at).strip().equals("}")) {
      throw damaged(source, text);
    }
    return entries;
  }

  private static List<Long> sizes(String shape, String source, String text) {
    List<Long> sizes = new ArrayList<>();
    String inner = shape.substring(1, shape.length() - 1).strip();
    if (inner.isEmpty()) {
      return sizes;
    }
    String listed = inner.endsWith(",") ? inner.substring(0, inner.length() - 1) : inner;
    for (String part : listed.split(",", -1)) {
      Matcher size = SIZE.matcher(part.strip());
      if (!size.matches() || sizes.size() == MOST_AXES) {
        throw damaged(source, text);
      }
      sizes.add(Long.parseLong(size.group(1)));
    }
    return sizes;
  }

  private static String kind(String letter, String descr) {
    return switch (letter) {
      case "O" ->
          "pickled Python objects, which could run code and are never loaded; save numbers, as"
              + " array.astype(\"float32\")";
      case "c" -> "complex numbers (" + descr + "); save array.real or array.imag";
      case "S", "U", "a" -> "text (" + descr + "); save numbers";
      case "M", "m" -> "dates or times (" + descr + "); save numbers";
      default ->
          "values of type "
              + descr
              + "; b1, i1 to i8, u1 to u8, f2, f4 and f8 can be read, save array.astype(\"float32\")";
    };
  }

  private static DataException refused(String source, String what) {
    return new DataException(source + ": holds " + what);
  }

  private static DataException damaged(String source, String text) {
    return new DataException(
        source
            + ": its header is damaged, it is no dictionary of descr, fortran_order and shape: "
            + MessageText.of(text.strip()));
  }

  /** The sizes as Python writes them. */
  String shownSizes() {
    return sizes.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "(", sizes.size() == 1 ? ",)" : ")"));
  }
}
