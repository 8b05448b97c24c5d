package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.data.DataException;

class NumpyPickleTest {
  /** As Python 2 wrote it, of a 2 x 3 array; {@code ~} stands for a line's end. */
  private static final String PICKLE =
      "(lp0~cnumpy.core.multiarray~_reconstruct~p1~(cnumpy~ndarray~p2~(I0~tp3~S'b'~p4~tp5~Rp6~"
          + "(I1~(I2~I3~tp7~cnumpy~dtype~p8~(S'u1'~p9~I0~I1~tp10~Rp11~(I3~S'|'~p12~NNNI-1~I-1~I0~"
          + "tp13~bI00~S'\\x00a\\xff\\'\\\\\\n'~p14~tp15~ba.";

  @Test
  void readsAnArrayWithEscapedBytes() {
    NumpyPickle.ByteArray2d array = read(PICKLE);
    assertThat(array.rows()).isEqualTo(2);
    assertThat(array.columns()).isEqualTo(3);
    assertThat(array.values()).containsExactly(0, 'a', 255, '\'', '\\', '\n');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          cnumpy.core.multiarray~_reconstruct ; cos~system ; it asks for os.system
          cnumpy.core.multiarray~_reconstruct ; cbuiltins~eval ; it asks for builtins.eval
          cnumpy.core.multiarray~_reconstruct ; cjava.lang~Runtime ; it asks for java.lang.Runtime
          cnumpy.core.multiarray~_reconstruct ; cnumpy~ndarray ; numpy.ndarray is called
          S'u1' ; S'i4' ; the array does not hold unsigned bytes
          I3~tp7 ; I4~tp7 ; the array's shape does not fit its content
          I2~I3~tp7 ; I-2~I-3~tp7 ; the array's shape does not fit its content
          I2~I3~tp7 ; I6~tp7 ; the array does not have two dimensions
          bI00 ; bI01 ; the array does not hold unsigned bytes, row by row
          """)
  void refusesAnythingElse(String part, String replacement, String message) {
    assertThat(PICKLE).contains(part);
    assertThatThrownBy(() -> read(PICKLE.replace(part, replacement)))
        .isInstanceOf(DataException.class)
        .hasMessage("a.pkl: is not a pickled NumPy array that can be read: " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "t.", "R.", "a.", "I5~a.", "I5~R.", "(I5~b.", "g9~.", "NR."})
  void nonsenseIsADataException(String pickle) {
    assertThatThrownBy(() -> read(pickle))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a.pkl: is not a pickled NumPy array that can be read: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"N.", "(l.", "(lI1~a.", "(lI1~aI2~a."})
  void somethingElseIsADataException(String pickle) {
    assertThatThrownBy(() -> read(pickle))
        .isInstanceOf(DataException.class)
        .hasMessage("a.pkl: is not a pickled list of one NumPy array");
  }

  @Test
  void anArrayWithoutStateIsADataException() {
    String stateless = PICKLE.substring(0, PICKLE.indexOf("p6~")) + "a.";
    assertThatThrownBy(() -> read(stateless))
        .isInstanceOf(DataException.class)
        .hasMessage("a.pkl: is not a pickled list of one NumPy array");
  }

  @Test
  void aDeclaredSizeIsRefusedBeforeItIsAllocated() {
    byte[] binaryString = {'T', -1, -1, -1, 0x7f, '.'};
    assertThatThrownBy(() -> NumpyPickle.read(binaryString, "a.pkl"))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("it uses the pickle instruction 0x54");
  }

  /** What Python's pickletools shows of objects whose loading would run something. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          cos~system~(S'touch /tmp/owned'~tR. ; it asks for os.system
          cposix~system~(S'touch /tmp/owned'~tR. ; it asks for posix.system
          c__builtin__~eval~(S'1+1'~tR. ; it asks for __builtin__.eval
          csubprocess~Popen~(S'sh'~tR. ; it asks for subprocess.Popen
          cjava.lang.ProcessBuilder~start~(tR. ; it asks for java.lang.ProcessBuilder.start
          (ios~system~. ; it uses the pickle instruction 0x69
          (S'x'~ocos~system~. ; it uses the pickle instruction 0x6f
          (lp0~(dp1~S'x'~I1~sb. ; it uses the pickle instruction 0x64
          N(I1~tb. ; it sets the state of something other than an array
          """)
  void nothingIsMadeOrCalled(String pickle, String message) {
    assertThatThrownBy(() -> read(pickle))
        .isInstanceOf(DataException.class)
        .hasMessage("a.pkl: is not a pickled NumPy array that can be read: " + message);
  }

  @Test
  void namesFromTheFileCannotSteerATerminalOrFillIt() {
    assertThatThrownBy(() -> read("cos\u001b[31m~" + "x".repeat(5000) + "~."))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("it asks for os?[31m.xxx")
        .message()
        .hasSizeLessThan(300);
  }

  private static NumpyPickle.ByteArray2d read(String pickle) {
    byte[] content = pickle.replace('~', '\n').getBytes(StandardCharsets.ISO_8859_1);
    return NumpyPickle.read(content, "a.pkl");
  }
}
