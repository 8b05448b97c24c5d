package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.dataset.Values;
import org.largevae.testing.corruption.CorruptFiles;
import org.largevae.testing.corruption.SizeField;

class NumpyCorruptionTest {
  private static final String[] WORDS = {
    "'shape': (", "'descr': '<f8', ", "'fortran_order': True, ", "(", ")", "{", "}", "9, ", "'|O'"
  };
  private static final Pattern TYPE = Pattern.compile("descr.\\s*:\\s*.([<>|=]?)([a-z?])(\\d+)");

  private static final Pattern SHAPE = Pattern.compile("shape.\\s*:\\s*\\(([^)]*)");

  @TempDir Path folder;

  private final CorruptFiles<NumericArray> npy =
      CorruptFiles.of(
              "npy",
              content ->
                  NpyFile.read(new ByteArrayInputStream(content), content.length, "x.npy", true),
              npyFiles())
          .naming("x.npy")
          .sizes(content -> List.of(SizeField.littleEndian(8, 2)))
          .sections(content -> List.of(0, 8, 10, 10 + content[8]))
          .words(WORDS)
          .judged(NumpyCorruptionTest::judge)
          .allocating(1 << 20);

  private final CorruptFiles<Map<String, NumericArray>> npz =
      CorruptFiles.of("npz", this::readArchive, npzFiles())
          .naming("x.npz")
          .words("PK\1\2", "PK\3\4", "PK\5\6", ".npy", "\377\377\377\377", "\1\0\20\0")
          .judged(this::judgeArchive)
          .allocating(4 << 20);

  @Test
  void damagedNpyGivesItsNumbersOrAnError() {
    npy.check();
  }

  @Test
  void damagedNpzGivesItsNumbersOrAnError() {
    npz.check();
  }

  @MethodSource("npyFiles")
  @FuzzTest
  void fuzzNpy(byte[] content) {
    npy.checkOne(content);
  }

  @MethodSource("npzFiles")
  @FuzzTest
  void fuzzNpz(byte[] content) {
    npz.checkOne(content);
  }

  static byte[][] npyFiles() {
    return new byte[][] {
      OwnFiles.npy(OwnFiles.header("<f4", "(5, 8)"), new byte[160]),
      OwnFiles.npy(OwnFiles.header("|u1", "(3, 7, 2)"), new byte[42]),
      OwnFiles.npy(OwnFiles.header(">i2", "(4,)"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8})
    };
  }

  static byte[][] npzFiles() {
    return new byte[][] {OwnFiles.bytes("packed.npz"), OwnFiles.bytes("extremes.npz")};
  }

  private Map<String, NumericArray> readArchive(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("x.npz"), content);
    try (NpzFile archive = NpzFile.open(file)) {
      Map<String, NumericArray> arrays = new LinkedHashMap<>();
      archive.names().forEach(name -> arrays.put(name, archive.read(name, true)));
      return arrays;
    }
  }

  private void judgeArchive(byte[] content, Map<String, NumericArray> arrays) {
    try (ZipFile zip = new ZipFile(folder.resolve("x.npz").toFile())) {
      for (Map.Entry<String, NumericArray> array : arrays.entrySet()) {
        ZipEntry entry = zip.getEntry(array.getKey() + ".npy");
        // the end of what is packed may be lost where all values are there
        judge(zip.getInputStream(entry).readNBytes((int) entry.getSize()), array.getValue());
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Decodes the values anew, all but those of half precision, which Java 17 does not know. */
  private static void judge(byte[] content, NumericArray array) {
    ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int start = content[6] == 1 ? 10 + buffer.getShort(8) : 12 + buffer.getInt(8);
    String header = new String(content, 0, start, StandardCharsets.ISO_8859_1);
    Matcher type = TYPE.matcher(header);
    assertThat(type.find()).isTrue();
    Matcher shape = SHAPE.matcher(header);
    assertThat(shape.find()).isTrue();
    assertThat(
            Stream.of(shape.group(1).split(","))
                .map(size -> size.replaceAll("[^0-9]", ""))
                .filter(size -> !size.isEmpty())
                .map(Integer::valueOf)
                .toList())
        .isEqualTo(array.sizes());
    int width = Integer.parseInt(type.group(3));
    assertThat(array.values().length()).isEqualTo((content.length - start) / width);
    buffer.order(type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    buffer.position(start);
    if (array.values() instanceof Values.Pixels pixels) {
      assertThat(pixels.bytes()).isEqualTo(Arrays.copyOfRange(content, start, content.length));
    } else if (!header.contains("f2")) {
      for (float value : ((Values.Reals) array.values()).floats()) {
        assertThat(value).isEqualTo(value(buffer, type.group(2).charAt(0), width)).isFinite();
      }
    }
  }

  private static float value(ByteBuffer buffer, char letter, int width) {
    boolean unsigned = letter == 'u';
    return switch (width) {
      case 1 -> letter == 'b' ? (buffer.get() == 0 ? 0 : 1) : buffer.get();
      case 2 -> unsigned ? Short.toUnsignedInt(buffer.getShort()) : buffer.getShort();
      case 4 ->
          letter == 'f'
              ? buffer.getFloat()
              : unsigned ? Integer.toUnsignedLong(buffer.getInt()) : buffer.getInt();
      default ->
          letter == 'f'
              ? (float) buffer.getDouble()
              : unsigned
                  ? Float.parseFloat(Long.toUnsignedString(buffer.getLong()))
                  : buffer.getLong();
    };
  }
}
