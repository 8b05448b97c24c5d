package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.data.DataException;

class IdxArrayTest {

  @Test
  void readsDimensionsAndValues() {
    IdxArray array = IdxArray.read(idx(0x0803, 6, 1, 2, 3), "a.idx");
    assertThat(array.dimensions()).containsExactly(1, 2, 3);
    assertThat(array.values()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void readsAnArrayWithoutValues() {
    IdxArray array = IdxArray.read(idx(0x0802, 0, 0, 3), "a.idx");
    assertThat(array.dimensions()).containsExactly(0, 3);
    assertThat(array.values()).isEmpty();
  }

  static Stream<Arguments> badFiles() {
    return Stream.of(
        Arguments.of(new byte[0], "is not an IDX file: it has only 0 bytes"),
        Arguments.of(new byte[] {0, 0, 8}, "is not an IDX file: it has only 3 bytes"),
        Arguments.of(
            idx(0x1234_0803, 6, 1, 2, 3),
            "is not an IDX file of unsigned bytes: it starts with the magic number 0x12340803,"
                + " images with 0x00000803"),
        Arguments.of(
            new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10},
            "is not an IDX file of unsigned bytes: it starts with the magic number 0x89504e47,"
                + " images with 0x00000803"),
        Arguments.of(
            idx(0x0800, 1),
            "is not an IDX file of unsigned bytes: it starts with the magic number 0x00000800,"
                + " images with 0x00000803"),
        Arguments.of(
            idx(0x0C01, 4, 1),
            "holds 32-bit integers (type 0x0c); only unsigned bytes (type 0x08) can be read"),
        Arguments.of(
            idx(0x0809, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1),
            "declares 9 dimensions; arrays of up to 8 can be read"),
        Arguments.of(
            idx(0x0803, 0, 1, 2),
            "is truncated: it ends within its header, which declares 3 dimensions"),
        Arguments.of(
            idx(0x0803, 5, 1, 2, 3),
            "is truncated: its header declares 1 x 2 x 3 = 6 values, but only 5 follow"),
        Arguments.of(
            idx(0x0803, 7, 1, 2, 3),
            "goes on after the 1 x 2 x 3 = 6 values that its header declares"),
        Arguments.of(
            idx(0x0803, 7, 2, 30_000, 30_000),
            "is truncated: its header declares 2 x 30000 x 30000 = 1800000000 values, but only 7"
                + " follow"),
        Arguments.of(
            idx(0x0803, 7, -1, -1, -1),
            "its header declares 4294967295 x 4294967295 x 4294967295 values, more than the"
                + " 2147483639 that can be read"));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void saysWhatIsWrong(byte[] content, String message) {
    assertThatThrownBy(() -> IdxArray.read(content, "some/a.idx"))
        .isInstanceOf(DataException.class)
        .hasMessage("some/a.idx: " + message);
  }

  @Test
  void aHugeDeclaredSizeTakesNoMemory() {
    byte[] content = idx(0x0801, 7, Integer.MAX_VALUE - 8);
    Runtime runtime = Runtime.getRuntime();
    runtime.gc();
    long before = runtime.totalMemory() - runtime.freeMemory();
    assertThatThrownBy(() -> IdxArray.read(content, "a.idx")).isInstanceOf(DataException.class);
    assertThat(runtime.totalMemory() - runtime.freeMemory() - before).isLessThan(100 << 20);
  }

  /** A magic number, dimensions, and values 0, 1, 2 ... */
  private static byte[] idx(int magic, int count, int... dimensions) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + count);
    buffer.putInt(magic);
    for (int dimension : dimensions) {
      buffer.putInt(dimension);
    }
    for (int i = 0; i < count; i++) {
      buffer.put((byte) i);
    }
    return buffer.array();
  }
}
