package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.Values;

class Mat5FileTest {
  private static final int FIRST_VARIABLE = 128;

  @ParameterizedTest
  @ValueSource(strings = {"types.mat", "types-packed.mat"})
  void readsEveryClass(String name) {
    Mat5File file = Mat5File.read(OwnFiles.bytes(name), name);
    assertThat(file.names()).hasSize(11).contains("x_f8", "x_b1", "x_u1");
    for (String variable : file.names()) {
      assertScriptsArray(file.read(variable, true), variable.substring(2));
      assertThat(file.read(variable, true).values() instanceof Values.Pixels)
          .as(variable)
          .isEqualTo(variable.equals("x_u1"));
    }
  }

  @Test
  void readsBigEndianFilesAndDoublesInFewerBytes() {
    assertScriptsArray(read("big-endian.mat", "X"), "f8");
    assertScriptsArray(read("narrow.mat", "X"), "i2");
  }

  private static void assertScriptsArray(NumericArray array, String type) {
    assertThat(array.sizes()).containsExactly(2, 3, 4);
    assertThat(array.firstFastest()).isTrue();
    float[] values = OwnFiles.inOrder(array);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).as(type).isEqualTo(OwnFiles.expected(type, i));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text: is not an array of numbers, but text",
        "cells: is not an array of numbers, but a cell array",
        "record: is not an array of numbers, but a structure; save one of its fields as a variable",
        "sparse: is not an array of numbers, but a sparse matrix; save full(X)",
        "z: holds complex numbers; save real(X) or imag(X)",
        "empty: is an array of 0 x 3, which holds no values",
        "bad: bad(2,2) is NaN; values must be finite, leave out or replace what is missing",
      })
  void saysWhatAVariableIs(String message) {
    String name = message.substring(0, message.indexOf(':'));
    assertThatThrownBy(() -> read("others.mat", name))
        .isInstanceOf(DataException.class)
        .hasMessage("others.mat: " + message);
  }

  @Test
  void otherLevelsAreToldHowToSave() {
    String save =
        "save it in MATLAB as save(file, \"X\", \"-v7\"), in Python with scipy.io.savemat";
    byte[] level4 = OwnFiles.bytes("level-4.mat");
    for (int length : new int[] {20, 54, 300}) {
      assertFails(Arrays.copyOf(level4, length), "is a MAT-file of level 4; " + save);
    }
    assertFails(Arrays.copyOf(level4, 19), "is not a MAT-file: it has only 19 bytes");
    byte[] bigEndian = new byte[20];
    ByteBuffer.wrap(bigEndian).putInt(1000).putInt(2).putInt(3).putInt(0).putInt(2);
    assertFails(bigEndian, "is a MAT-file of level 4; " + save);
    assertFails(new byte[300], "is not a MAT-file of level 5; " + save);
    String newer =
        "is a MAT-file of level 7.3, which is HDF5 and cannot be read; save it in MATLAB as"
            + " save(file, \"X\", \"-v7\")";
    byte[] content = OwnFiles.bytes("types.mat");
    content[124] = 0;
    content[125] = 2;
    assertFails(content, newer);
    byte[] hdf5 = Arrays.copyOf(new byte[] {(byte) 0x89, 'H', 'D', 'F', 13, 10, 26, 10}, 600);
    assertFails(hdf5, newer);
    byte[] after = new byte[600];
    System.arraycopy(hdf5, 0, after, 512, 8);
    assertFails(after, newer);
  }

  /** As in SciPy's test file miuint32_for_miint32.mat, which it reads. */
  @Test
  void sizesMayBeWrittenWithoutASign() {
    byte[] content = OwnFiles.bytes("big-endian.mat");
    ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.BIG_ENDIAN);
    int sizes = FIRST_VARIABLE + 8 + 16;
    assertThat(file.getInt(sizes)).isEqualTo(5);
    file.putInt(sizes, 6);
    assertScriptsArray(Mat5File.read(content, "a.mat").read("X", true), "f8");
    file.putInt(sizes, 7);
    assertFails(content, "is damaged: in a variable, its list of sizes is an element of type 7");
  }

  @Test
  void damageIsFound() {
    byte[] content = OwnFiles.bytes("types.mat");
    assertFails(Arrays.copyOf(content, content.length - 1), "is truncated: the variable at byte ");
    assertFails(Arrays.copyOf(content, FIRST_VARIABLE + 5), "is damaged: it ends within the tag");
    assertFails(Arrays.copyOf(content, FIRST_VARIABLE), "holds no variables");
    byte[] type = content.clone();
    type[FIRST_VARIABLE] = 9;
    assertFails(type, "is damaged: at byte 128 there is no variable, but an element of type 9");
    byte[] twice = Arrays.copyOf(content, 2 * content.length - FIRST_VARIABLE);
    System.arraycopy(
        content, FIRST_VARIABLE, twice, content.length, content.length - FIRST_VARIABLE);
    assertFails(twice, "is damaged: two variables are named x_");
  }

  @Test
  void aPackedVariablesChecksumIsVerified() {
    byte[] content = OwnFiles.bytes("types-packed.mat");
    int size = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(FIRST_VARIABLE + 4);
    content[FIRST_VARIABLE + 8 + size - 1] ^= 1;
    Mat5File file = Mat5File.read(content, "a.mat");
    assertThatThrownBy(() -> file.read(file.names().get(0), true))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a.mat: is damaged: the variable " + file.names().get(0))
        .hasMessageContaining("cannot be unpacked");
  }

  @Test
  void hugeDeclaredSizesTakeNoMemory() {
    byte[] content = OwnFiles.bytes("big-endian.mat");
    ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.BIG_ENDIAN);
    // the first size of X, after the tags of the variable, its flags and its sizes
    int sizes = FIRST_VARIABLE + 8 + 16 + 8;
    assertThat(file.getInt(sizes)).isEqualTo(2);
    file.putInt(sizes, 100_000_000);
    assertReadingFails(content, "X: is damaged: it is 100000000 x 3 x 4, but its values are");
    file.putInt(sizes, -1);
    assertReadingFails(content, "X: declares an array of 4294967295 x 3 x 4, more than the");
    file.putInt(sizes, 2).putInt(sizes - 4, Integer.MAX_VALUE - 100);
    assertFails(content, "is damaged: in a variable, an element goes beyond the variable's end");
    file.putInt(sizes - 4, -8);
    assertFails(content, "is damaged: in a variable, an element declares 4294967288 bytes");
  }

  private static void assertReadingFails(byte[] content, String message) {
    Mat5File file = Mat5File.read(content, "a.mat");
    assertThatThrownBy(() -> file.read("X", true))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a.mat: " + message);
  }

  private static NumericArray read(String name, String variable) {
    return Mat5File.read(OwnFiles.bytes(name), name).read(variable, true);
  }

  private static void assertFails(byte[] content, String message) {
    assertThatThrownBy(() -> Mat5File.read(content, "a.mat"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a.mat: " + message);
  }
}
