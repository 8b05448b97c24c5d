package org.largevae.core.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.data.DataException;

/** Files written by hand, as the format's description has them. */
class SafeTensorsTest {
  private static final String GOOD =
      "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
          + "'b':{'dtype':'F32','shape':[1,1],'data_offsets':[8,12]}}";

  @TempDir Path folder;

  @Test
  void arraysAreReadByName() throws IOException {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Map<String, NDArray> targets = targets(manager);
      SafeTensors.read(write(GOOD, 1, 2, 3), targets);
      assertThat(targets.get("a").toFloatArray()).containsExactly(1, 2);
      assertThat(targets.get("b").toFloatArray()).containsExactly(3);
      SafeTensors.read(
          write(" {'__metadata__':{'x':'y'}," + GOOD.substring(1) + "  ", 4, 5, 6), targets);
      assertThat(targets.get("a").toFloatArray()).containsExactly(4, 5);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'b'; '../../etc/passwd'; lacks the array b",
        "'a':{; '../../x':{'dtype':'F32','shape':[0],'data_offsets':[0,0]},'a':{;"
            + " holds arrays that the model does not have: ../../x",
        "'b'; 'a'; its header is not the JSON of this format",
        "[0,8]; [0,9]; its header is not the JSON of this format",
        "[0,8]; [4,12]; its arrays overlap or leave a gap",
        "[8,12]; [4,8]; its arrays overlap or leave a gap",
        "[2]; [-2]; its header is not the JSON of this format",
        "[2]; [4294967298]; its header is not the JSON of this format",
        "[2]; [3037000500,3037000500]; it declares an array of more than 2 GiB",
        "[2]; [0.5]; its header is not the JSON of this format",
        "[2]; ['2']; its header is not the JSON of this format",
        "F32; F31; its header is not the JSON of this format",
        "'shape':[2],; ; its header is not the JSON of this format",
        "'shape'; 'size'; its header is not the JSON of this format",
        "[2]; [1,2]; array a is float32 (1, 2), but the model's is float32 (2)",
        "'F32','shape':[1,1]; 'I32','shape':[1,1]; array b is int32 (1, 1), but the model's is",
        "}}; }}x; its header is not the JSON of this format",
      })
  void anythingElseIsRefusedAndChangesNothing(String part, String replacement, String message)
      throws IOException {
    String header =
        GOOD.replaceFirst(
            java.util.regex.Pattern.quote(part), replacement == null ? "" : replacement);
    assertThat(header).isNotEqualTo(GOOD);
    assertRefused(write(header, 1, 2, 3), message);
  }

  @Test
  void sizesThatDoNotFitTheFileAreRefused() throws IOException {
    assertRefused(write(GOOD, 1, 2, 3, 4), "its header declares 12 bytes of data, but 16 follow");
    assertRefused(write(GOOD, 1, 2), "its header declares 12 bytes of data, but 8 follow");
    for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40, 1 << 30, 1000}) {
      Path file = write(GOOD, 1, 2, 3);
      byte[] bytes = Files.readAllBytes(file);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
      Files.write(file, bytes);
      assertRefused(file, "its header is longer than the file");
    }
    assertRefused(Files.write(folder.resolve("a"), new byte[7]), "its header is longer than the");
    assertRefused(write("[".repeat(100_000), 1), "its header is not the JSON of this format");
    assertRefused(
        write("{'__metadata__':" + "[".repeat(100_000), 1),
        "its header is not the JSON of this format");
  }

  /** DJL's own reader would take these for NumPy's and its own format, and trust their sizes. */
  @Test
  void otherFormatsAreRefused() throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream entries = new ZipOutputStream(zip)) {
      entries.putNextEntry(new ZipEntry("../../a.npy"));
      entries.write(new byte[1 << 20]);
    }
    byte[] numpy =
        "\u0093NUMPY\1\0v\0{'descr': '<f4', 'shape': (2,)}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] own =
        ByteBuffer.allocate(64)
            .putInt(1)
            .putInt(4)
            .put("NDAR".getBytes(StandardCharsets.US_ASCII))
            .array();
    for (byte[] other : new byte[][] {zip.toByteArray(), numpy, own}) {
      assertRefused(Files.write(folder.resolve("a"), other), "is not a whole safetensors file");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries).containsExactly(folder.resolve("a"));
    }
  }

  private void assertRefused(Path file, String message) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Map<String, NDArray> targets = targets(manager);
      assertThatThrownBy(() -> SafeTensors.read(file, targets))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file + ": ")
          .hasMessageContaining(message);
      assertThat(targets.get("a").toFloatArray()).containsExactly(7, 7);
      assertThat(targets.get("b").toFloatArray()).containsExactly(7);
    }
  }

  private static Map<String, NDArray> targets(NDManager manager) {
    Map<String, NDArray> targets = new LinkedHashMap<>();
    targets.put("a", manager.full(new Shape(2), 7f));
    targets.put("b", manager.full(new Shape(1, 1), 7f));
    return targets;
  }

  private Path write(String header, float... values) throws IOException {
    byte[] text = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer content =
        ByteBuffer.allocate(8 + text.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    content.putLong(text.length).put(text);
    for (float value : values) {
      content.putFloat(value);
    }
    return Files.write(folder.resolve("a"), content.array());
  }
}
