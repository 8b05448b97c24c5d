package org.largevae.testing.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.data.DataException;

/** Readers with one fault each, of a format with a size in front of its bytes. */
class CorruptFilesTest {
  private static final byte[] GOOD = {0, 0, 0, 5, 1, 2, 3, 4, 5};

  @Test
  void aStrictReaderPasses() {
    Outcomes outcomes = check(CorruptFilesTest::strict).judged(CorruptFilesTest::judge).check();
    assertThat(outcomes.inputs()).isEqualTo(2000);
    assertThat(outcomes.refused()).isGreaterThan(1000);
    assertThat(outcomes.read()).isGreaterThan(50);
    assertThat(outcomes.refused() + outcomes.read()).isEqualTo(2000);
  }

  @Test
  void theSameSeedGivesTheSameInputs() {
    Outcomes first = check(CorruptFilesTest::strict).check();
    Outcomes second = check(CorruptFilesTest::strict).check();
    assertThat(second.read()).isEqualTo(first.read());
  }

  @Test
  void aReaderThatTrustsSizesIsFound() {
    assertFound(
        content -> {
          int length = size(content);
          if (length < 0 || length > 1 << 27) {
            throw bad();
          }
          byte[] data = new byte[length];
          if (length != content.length - 4) {
            throw bad();
          }
          System.arraycopy(content, 4, data, 0, length);
          return data;
        },
        "it trusts a size that the file only declares");
  }

  @Test
  void aReaderThatFillsUpIsFound() {
    assertFound(
        content -> Arrays.copyOfRange(content, 4, 4 + Math.max(0, Math.min(size(content), 99))),
        "the data are not the file's");
  }

  @Test
  void aReaderThatThrowsWhatItGetsIsFound() {
    assertFound(
        content -> {
          byte[] data = Arrays.copyOfRange(content, 4, content.length);
          data[size(content) - 1] = content[content.length - 1];
          return strict(content);
        },
        "where a user is owed a DataException or ConfigurationException");
  }

  @Test
  void aReaderThatRecursIsFound() {
    assertFound(
        content -> {
          recur(content, size(content));
          return strict(content);
        },
        "gives java.lang.StackOverflowError");
  }

  @Test
  void aReaderThatHangsIsFound() {
    assertThatThrownBy(
            () ->
                check(
                        content -> {
                          while (size(content) > 1_000_000) {
                            Thread.sleep(1000);
                          }
                          return strict(content);
                        })
                    .within(Duration.ofMillis(200))
                    .check())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("reading does not end within PT0.2S");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.dat: null", "is damaged", "a.dat: \u001b[31m", "a.dat\0"})
  void anErrorThatHelpsNobodyIsFound(String message) {
    assertThatThrownBy(
            () ->
                check(
                        content -> {
                          if (!Arrays.equals(content, GOOD)) {
                            throw new DataException(message);
                          }
                          return content;
                        })
                    .check())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the error ");
  }

  @Test
  void aReaderThatRefusesGoodFilesIsFound() {
    assertFound(
        content -> {
          throw bad();
        },
        "a good file is refused");
  }

  private static void assertFound(CorruptFiles.Reader<byte[]> reader, String message) {
    assertThatThrownBy(() -> check(reader).judged(CorruptFilesTest::judge).check())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message);
  }

  private static CorruptFiles<byte[]> check(CorruptFiles.Reader<byte[]> reader) {
    return CorruptFiles.of("test", reader, GOOD)
        .naming("a.dat")
        .sizes(content -> List.of(SizeField.bigEndian(0, 4)))
        .sections(content -> List.of(0, 4));
  }

  private static byte[] strict(byte[] content) {
    if (size(content) != content.length - 4) {
      throw bad();
    }
    return Arrays.copyOfRange(content, 4, content.length);
  }

  private static int size(byte[] content) {
    if (content.length < 4) {
      throw bad();
    }
    return ByteBuffer.wrap(content).getInt();
  }

  private static int recur(byte[] content, int depth) {
    return depth <= 0 ? content.length : 1 + recur(content, depth - 1);
  }

  private static void judge(byte[] content, byte[] data) {
    assertThat(Arrays.equals(data, Arrays.copyOfRange(content, 4, content.length)))
        .withFailMessage("the data are not the file's")
        .isTrue();
    assertThat(size(content)).withFailMessage("the data are not the file's").isEqualTo(data.length);
  }

  private static DataException bad() {
    return new DataException("a.dat: is damaged");
  }
}
