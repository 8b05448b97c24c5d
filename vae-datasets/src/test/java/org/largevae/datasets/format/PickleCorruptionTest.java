package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.testing.corruption.CorruptFiles;

class PickleCorruptionTest {
  /** As Python 2 wrote Frey Faces, of a 2 x 3 array; {@code ~} stands for a line's end. */
  private static final String PICKLE =
      "(lp0~cnumpy.core.multiarray~_reconstruct~p1~(cnumpy~ndarray~p2~(I0~tp3~S'b'~p4~tp5~Rp6~"
          + "(I1~(I2~I3~tp7~cnumpy~dtype~p8~(S'u1'~p9~I0~I1~tp10~Rp11~(I3~S'|'~p12~NNNI-1~I-1~I0~"
          + "tp13~bI00~S'\\x00a\\xff\\'\\\\\\n'~p14~tp15~ba.";

  private static final Pattern SHAPE = Pattern.compile("\\(I1\n\\(I(-?\\d+)\nI(-?\\d+)\nt");

  private final CorruptFiles<NumpyPickle.ByteArray2d> pickle =
      CorruptFiles.of("pickle", content -> NumpyPickle.read(content, "a.pkl"), good())
          .naming("a.pkl")
          .words(
              "(",
              "l",
              "t",
              "I1\n",
              "p0\n",
              "g0\n",
              "a",
              "R",
              "b",
              "(l",
              "N",
              ".",
              "cos\nsystem\n",
              "S'x'\n",
              "c__builtin__\neval\n",
              "T\377\377\377\177",
              "\200\2",
              "]",
              "}",
              "(d")
          .judged(PickleCorruptionTest::judge)
          .allocating(1 << 20);

  @Test
  void damagedPickleGivesAnArrayOfItsShapeOrAnError() {
    pickle.check();
  }

  @MethodSource("good")
  @FuzzTest
  void fuzzPickle(byte[] content) {
    pickle.checkOne(content);
  }

  static byte[][] good() {
    return new byte[][] {PICKLE.replace('~', '\n').getBytes(StandardCharsets.ISO_8859_1)};
  }

  private static void judge(byte[] content, NumpyPickle.ByteArray2d array) {
    assertThat(array.values()).hasSize(Math.multiplyExact(array.rows(), array.columns()));
    Matcher shape = SHAPE.matcher(new String(content, StandardCharsets.ISO_8859_1));
    if (shape.find() && !shape.find(shape.end())) {
      shape.find(0);
      assertThat(shape.group(1)).isEqualTo(String.valueOf(array.rows()));
      assertThat(shape.group(2)).isEqualTo(String.valueOf(array.columns()));
    }
  }
}
