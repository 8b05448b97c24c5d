package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.Values;

class NpyFileTest {
  @TempDir Path folder;

  @Test
  void readsEveryTypeByteOrderAndOrderOfAxes() throws IOException {
    try (NpzFile archive = NpzFile.open(OwnFiles.copy("types.npz", folder))) {
      assertThat(archive.names()).hasSize(48).contains("f8_big_F", "u1_little_C");
      for (String name : archive.names()) {
        NumericArray array = archive.read(name, true);
        assertThat(array.sizes()).as(name).containsExactly(2, 3, 4);
        assertThat(array.firstFastest()).as(name).isEqualTo(name.endsWith("F"));
        assertThat(array.values() instanceof Values.Pixels).isEqualTo(name.startsWith("u1"));
        float[] values = OwnFiles.inOrder(array);
        for (int i = 0; i < 24; i++) {
          assertThat(values[i]).as(name).isEqualTo(OwnFiles.expected(name.substring(0, 2), i));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"})
  void readsTheEndsOfEachTypesRange(String type) throws IOException {
    String[] expected =
        OwnFiles.text("extremes.txt")
            .lines()
            .filter(line -> line.startsWith(type))
            .findFirst()
            .orElseThrow()
            .split(" ");
    try (NpzFile archive = NpzFile.open(OwnFiles.copy("extremes.npz", folder))) {
      float[] values = OwnFiles.inOrder(archive.read(type, true));
      assertThat(values).hasSize(expected.length - 1);
      for (int i = 0; i < values.length; i++) {
        // also tells -0 from 0
        assertThat(Float.floatToIntBits(values[i]))
            .isEqualTo(Float.floatToIntBits(Float.parseFloat(expected[i + 1])));
      }
    }
  }

  @Test
  void readsLaterVersionsAndOtherSpellings() throws IOException {
    String header = "{\"shape\":(1,2L),\"fortran_order\":False,\"descr\":\"<u2\"}";
    byte[] first = OwnFiles.npy(header, new byte[] {1, 0, 0, 2});
    assertThat(OwnFiles.inOrder(read(first))).containsExactly(1, 512);
    int length = header.length() + 1;
    byte[] second =
        ByteBuffer.allocate(first.length + 2)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(first, 0, 6)
            .put(new byte[] {2, 0})
            .putInt(length)
            .put(first, 10, first.length - 10)
            .array();
    assertThat(OwnFiles.inOrder(read(second))).containsExactly(1, 512);
    second[6] = 3;
    assertThat(OwnFiles.inOrder(read(second))).containsExactly(1, 512);
  }

  static Stream<String[]> refusals() {
    return Stream.of(
        refusal("|O", "holds pickled Python objects, which could run code and are never loaded"),
        refusal("<c8", "holds complex numbers (<c8); save array.real or array.imag"),
        refusal("<U5", "holds text (<U5); save numbers"),
        refusal("|S5", "holds text (|S5); save numbers"),
        refusal("<M8[ns]", "holds dates or times (<M8[ns]); save numbers"),
        refusal("<f16", "holds values of type <f16; b1, i1 to i8"),
        refusal("|V7", "holds values of type |V7; b1, i1 to i8"),
        refusal("=f4", "holds numbers of type =f4 without their byte order"));
  }

  private static String[] refusal(String type, String message) {
    return new String[] {OwnFiles.header(type, "(2, 2)"), message};
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWhatIsNoNumber(String header, String message) {
    assertFails(OwnFiles.npy(header, new byte[64]), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), };holds records of",
        "{'descr': '<f4', 'fortran_order': False};its header is damaged",
        "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2,), };its header is damaged",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': True};its header is damaged",
        "{'descr': '<f4', 'descr': '<f4', 'shape': (2,), };its header is damaged",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), };its header is damaged",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2 3), };its header is damaged",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 6, };its header is damaged",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,) } x;its header is damaged",
        "__import__('os').system('true');its header is damaged",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), };is an array of (0, 3), which",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4, 4), };is truncated: its header"
            + " declares (4, 4) values of 4 bytes, 64 bytes in all, but 8 follow",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), };goes on after its values: its"
            + " header declares (1,) values of 4 bytes, 4 bytes in all, but 8 follow",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999), };declares an array of"
            + " (99999, 99999), more than the 2147483639 values that can be read",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999, 9999999999999999),"
            + " };declares an array of",
      })
  void saysWhatIsWrongWithAHeader(String header, String message) {
    assertFails(OwnFiles.npy(header, new byte[8]), message);
  }

  @Test
  void saysWhatIsWrongWithAFile() {
    assertFails(new byte[0], "is not a NumPy array: it does not start with \\x93NUMPY");
    assertFails("PK zip".getBytes(StandardCharsets.UTF_8), "is not a NumPy array");
    byte[] file = OwnFiles.npy(OwnFiles.header("<f4", "(1, 1)"), new byte[4]);
    file[6] = 4;
    assertFails(file, "is of version 4 of NumPy's format; versions 1 to 3 can be read");
    file[6] = 1;
    file[9] = 1;
    assertFails(file, "is truncated: it ends within its header");
    file[9] = (byte) 0xff;
    assertFails(file, "declares a header of 65");
  }

  @Test
  void aNumberThatIsNotFiniteIsFound() {
    ByteBuffer values = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    values.asFloatBuffer().put(5, Float.NaN);
    assertFails(
        OwnFiles.npy(OwnFiles.header("<f4", "(2, 3)"), values.array()),
        "the value at [1, 2] is NaN; values must be finite");
    values.asFloatBuffer().put(5, 0).put(1, Float.NEGATIVE_INFINITY);
    assertFails(
        OwnFiles.npy(OwnFiles.header("<f4", "(2, 3)").replace("False", "True"), values.array()),
        "the value at [1, 0] is -Infinity; values must be finite");
    values.putDouble(8, 1e300).putInt(4, 0);
    assertFails(
        OwnFiles.npy(OwnFiles.header("<f8", "(3, 1)"), values.array()),
        "the value at [1, 0] is 1.0E300, beyond the range of 32-bit numbers");
  }

  @Test
  void anEntrysNameIsOnlyAName() throws IOException {
    byte[] array = OwnFiles.npy(OwnFiles.header("|u1", "(1, 2)"), new byte[] {3, 4});
    Path file = zip("../../outside.npy", array, "/etc/passwd.npy", array, "notes.txt", new byte[1]);
    try (NpzFile archive = NpzFile.open(file)) {
      assertThat(archive.names()).containsExactly("../../outside", "/etc/passwd");
      assertThat(OwnFiles.inOrder(archive.read("../../outside", true))).containsExactly(3, 4);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void anArchiveThatUnpacksToFarTooMuchIsRefused() throws IOException {
    int size = 100 << 20;
    byte[] array = OwnFiles.npy(OwnFiles.header("|u1", "(1, " + size + ")"), new byte[size]);
    try (NpzFile archive = NpzFile.open(zip("bomb.npy", array, "x.npy", array))) {
      assertThatThrownBy(() -> archive.read("bomb", true))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("array bomb: its ")
          .hasMessageContaining("bytes would unpack to 1048576")
          .hasMessageEndingWith("if the data are yours, save them with np.savez");
    }
  }

  @Test
  void aDamagedArchiveIsNamed() throws IOException {
    Path empty = zip("notes.txt", new byte[1], "b.txt", new byte[1]);
    assertOpeningFails(empty, ": holds no arrays, no entry ends in .npy");
    Path file = OwnFiles.copy("types.npz", folder);
    byte[] content = Files.readAllBytes(file);
    content[200] ^= 1;
    Files.write(file, content);
    try (NpzFile archive = NpzFile.open(file)) {
      assertThatThrownBy(() -> archive.read("b1_little_C", true))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("types.npz: array b1_little_C: ")
          .hasMessageContaining("damaged");
    }
    Files.write(file, new byte[] {'P', 'K', 3, 4, 5});
    assertOpeningFails(file, ": cannot be read as .npz: ");
  }

  private static void assertOpeningFails(Path file, String message) {
    assertThatThrownBy(() -> NpzFile.open(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + message);
  }

  private Path zip(String first, byte[] one, String second, byte[] two, Object... more)
      throws IOException {
    Path file = folder.resolve("made.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(first));
      zip.write(one);
      zip.putNextEntry(new ZipEntry(second));
      zip.write(two);
      if (more.length == 2) {
        zip.putNextEntry(new ZipEntry((String) more[0]));
        zip.write((byte[]) more[1]);
      }
    }
    return file;
  }

  /** Seconds since 1970 in one column, as 64-bit numbers: in 32 bits they would lie 128 apart. */
  @ParameterizedTest
  @ValueSource(strings = {"<f8", "<i8"})
  void numbersTooCloseForSinglePrecisionAreRefused(String type) {
    int examples = 50;
    ByteBuffer rows = ByteBuffer.allocate(16 * examples).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer columns = ByteBuffer.allocate(16 * examples).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < examples; i++) {
      long time = 1_700_000_000 + i;
      long other = i * i % 7;
      rows.putLong(type.equals("<f8") ? Double.doubleToLongBits(other) : other);
      rows.putLong(type.equals("<f8") ? Double.doubleToLongBits(time) : time);
      columns.putLong(8 * i, type.equals("<f8") ? Double.doubleToLongBits(time) : time);
      columns.putLong(
          8 * (examples + i), type.equals("<f8") ? Double.doubleToLongBits(other) : other);
    }
    String goes =
        " goes from 1700000000 to 1700000049, but 32-bit numbers, with which models compute, move"
            + " its values by up to 49; subtract 1700000000 from its values, or leave it out of the"
            + " array";
    byte[] first = OwnFiles.npy(OwnFiles.header(type, "(50, 2)"), rows.array());
    assertThatThrownBy(() -> NpyFile.read(new ByteArrayInputStream(first), first.length, "a", true))
        .isInstanceOf(DataException.class)
        .hasMessage("a: [:, 1]" + goes);
    byte[] last = OwnFiles.npy(OwnFiles.header(type, "(2, 50)"), columns.array());
    assertThatThrownBy(() -> NpyFile.read(new ByteArrayInputStream(last), last.length, "a", false))
        .isInstanceOf(DataException.class)
        .hasMessage("a: [0, :]" + goes);
  }

  private static NumericArray read(byte[] content) throws IOException {
    return NpyFile.read(new ByteArrayInputStream(content), content.length, "a.npy", true);
  }

  private static void assertFails(byte[] content, String message) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a.npy: " + message)
        .hasMessageMatching(".*([^.]|[.]{3})");
  }
}
