package org.largevae.core.folder;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.data.DataException;
import org.largevae.api.files.FailureText;

/**
 * A file in the safetensors format, read strictly: the length of the header as a little-endian
 * 64-bit number, the header in JSON ({@code name: {dtype, shape, data_offsets}}), then the data,
 * without a gap or overlap from the first byte to the last. Nothing is allocated by what the header
 * declares, and names are only compared. DJL's own reader also accepts other formats in such a
 * file, trailing bytes, two arrays of one name and shapes smaller than their data.
 */
final class SafeTensorsFile {
  private static final int LONGEST_FILE = Integer.MAX_VALUE - 8;
  private static final int LENGTH = Long.BYTES;
  private static final String METADATA = "__metadata__";
  private static final Map<String, DataType> TYPES =
      Map.of(
          "F64", DataType.FLOAT64,
          "F32", DataType.FLOAT32,
          "F16", DataType.FLOAT16,
          "BF16", DataType.BFLOAT16,
          "I64", DataType.INT64,
          "I32", DataType.INT32,
          "I8", DataType.INT8,
          "U8", DataType.UINT8,
          "BOOL", DataType.BOOLEAN);

  private final Path file;
  private final ByteBuffer data;
  private final Map<String, Entry> entries;

  private SafeTensorsFile(Path file, ByteBuffer data, Map<String, Entry> entries) {
    this.file = file;
    this.data = data;
    this.entries = entries;
  }

  /** An array as the header describes it; its data are the bytes from begin to end. */
  record Entry(String name, DataType type, Shape shape, int begin, int end) {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its arrays
   * @throws DataException if it cannot be read or is not a whole safetensors file
   */
  static SafeTensorsFile read(Path file) {
    ByteBuffer content;
    try {
      if (Files.size(file) > LONGEST_FILE) {
        throw new DataException(file + ": is larger than 2 GiB, which cannot be read");
      }
      content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException failure) {
      throw new DataException(file + ": cannot be read: " + FailureText.of(failure), failure);
    }
    long length = content.limit() < LENGTH ? -1 : content.getLong(0);
    if (length < 0 || length > content.limit() - LENGTH) {
      throw damaged(file, "its header is longer than the file", null);
    }
    ByteBuffer data = content.slice(LENGTH + (int) length, content.limit() - LENGTH - (int) length);
    try {
      String header =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(content.slice(LENGTH, (int) length))
              .toString();
      Map<String, Entry> entries = entries(header);
      requireContiguous(file, entries, data.limit());
      return new SafeTensorsFile(file, data, entries);
    } catch (CharacterCodingException notText) {
      throw damaged(file, "its header is no text in UTF-8", notText);
    } catch (IOException | IllegalStateException | IllegalArgumentException fault) {
      throw damaged(file, "its header is not the JSON of this format", fault);
    } catch (ArithmeticException overflow) {
      throw damaged(file, "it declares an array of more than 2 GiB", overflow);
    }
  }

  /**
   * The arrays.
   *
   * @return by name, in the header's order
   */
  Map<String, Entry> entries() {
    return entries;
  }

  /**
   * An array's data.
   *
   * @param entry one of {@link #entries()}
   * @return its bytes, little-endian
   */
  ByteBuffer data(Entry entry) {
    return data.slice(entry.begin(), entry.end() - entry.begin()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Map<String, Entry> entries(String header) throws IOException {
    JsonReader json = new JsonReader(new StringReader(header));
    json.setStrictness(Strictness.STRICT);
    Map<String, Entry> entries = new LinkedHashMap<>();
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      if (name.equals(METADATA)) {
        json.skipValue();
      } else if (entries.put(name, entry(name, json)) != null) {
        throw new IllegalArgumentException("there are two arrays of one name");
      }
    }
    json.endObject();
    if (json.peek() != JsonToken.END_DOCUMENT) {
      throw new IllegalArgumentException("something follows");
    }
    return entries;
  }

  private static Entry entry(String name, JsonReader json) throws IOException {
    Optional<DataType> type = Optional.empty();
    long[] shape = null;
    long[] offsets = {};
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "dtype" -> type = Optional.ofNullable(TYPES.get(json.nextString()));
        case "shape" -> shape = numbers(json);
        case "data_offsets" -> offsets = numbers(json);
        default -> throw new IllegalArgumentException("an unknown key");
      }
    }
    json.endObject();
    if (type.isEmpty() || shape == null || offsets.length != 2) {
      throw new IllegalArgumentException("a key is missing, or the type is unknown");
    }
    long bytes = type.get().getNumOfBytes();
    for (long size : shape) {
      bytes = Math.multiplyExact(bytes, size);
    }
    int begin = Math.toIntExact(offsets[0]);
    int end = Math.toIntExact(offsets[1]);
    if (end - (long) begin != bytes) {
      throw new IllegalArgumentException("a shape does not fit its data");
    }
    return new Entry(name, type.get(), new Shape(shape), begin, end);
  }

  private static long[] numbers(JsonReader json) throws IOException {
    List<Long> numbers = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      long number = json.peek() == JsonToken.NUMBER ? json.nextLong() : -1;
      if (number < 0) {
        throw new IllegalArgumentException("a size is no number or below 0");
      }
      numbers.add(number);
    }
    json.endArray();
    return numbers.stream().mapToLong(number -> number).toArray();
  }

  private static void requireContiguous(Path file, Map<String, Entry> entries, int length) {
    int at = 0;
    List<Entry> ordered =
        entries.values().stream()
            .sorted(Comparator.comparingInt(Entry::begin).thenComparingInt(Entry::end))
            .toList();
    for (Entry entry : ordered) {
      if (entry.begin() != at) {
        throw damaged(file, "its arrays overlap or leave a gap", null);
      }
      at = entry.end();
    }
    if (at != length) {
      throw damaged(
          file,
          String.format(
              Locale.ROOT, "its header declares %d bytes of data, but %d follow", at, length),
          null);
    }
  }

  private static DataException damaged(Path file, String reason, Exception cause) {
    return new DataException(file + ": is not a whole safetensors file: " + reason, cause);
  }
}
