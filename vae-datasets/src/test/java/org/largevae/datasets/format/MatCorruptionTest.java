package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.dataset.Values;
import org.largevae.testing.corruption.CorruptFiles;
import org.largevae.testing.corruption.SizeField;

class MatCorruptionTest {
  private static final int HEADER = 128;

  private final CorruptFiles<List<NumericArray>> mat =
      CorruptFiles.of("MAT", MatCorruptionTest::read, matFiles())
          .naming("x.mat")
          .sizes(MatCorruptionTest::sizes)
          .sections(content -> List.of(0, HEADER, HEADER + 8, HEADER + 24, HEADER + 40))
          .words("\16\0\0\0", "\17\0\0\0", "\6\0\0\0", "\5\0\0\0", "\1\0\0\0", "\1\0\1\0x\0\0\0")
          .judged((content, arrays) -> arrays.forEach(MatCorruptionTest::judge))
          .allocating(2 << 20);

  @Test
  void damagedMatGivesFiniteNumbersOrAnError() {
    mat.check();
  }

  /** Variables of other kinds than arrays of numbers, which are refused. */
  static byte[][] otherFiles() {
    return new byte[][] {OwnFiles.bytes("others.mat"), OwnFiles.bytes("level-4.mat")};
  }

  @MethodSource({"matFiles", "otherFiles"})
  @FuzzTest
  void fuzzMat(byte[] content) {
    mat.checkOne(content);
  }

  static byte[][] matFiles() {
    return Stream.of("types.mat", "types-packed.mat", "columns.mat", "big-endian.mat")
        .map(OwnFiles::bytes)
        .toArray(byte[][]::new);
  }

  private static List<NumericArray> read(byte[] content) {
    Mat5File file = Mat5File.read(content, "x.mat");
    return file.names().stream().map(name -> file.read(name, true)).toList();
  }

  /** The record of an array has checked that its values fill its sizes. */
  private static void judge(NumericArray array) {
    if (array.values() instanceof Values.Reals reals) {
      for (float value : reals.floats()) {
        assertThat(value).isFinite();
      }
    }
  }

  /** Of the first variable: its element, its flags, its list of sizes and the sizes in it. */
  private static List<SizeField> sizes(byte[] content) {
    ByteOrder order = content[HEADER - 2] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return Stream.of(4, 12, 28, 32, 36, 44)
        .map(at -> new SizeField(HEADER + at, Integer.BYTES, order))
        .toList();
  }
}
