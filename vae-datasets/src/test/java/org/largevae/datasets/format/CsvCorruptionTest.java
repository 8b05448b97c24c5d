package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.dataset.Values;
import org.largevae.testing.corruption.CorruptFiles;

class CsvCorruptionTest {
  private final CorruptFiles<NumericArray> csv =
      CorruptFiles.of("CSV", CsvCorruptionTest::read, csvFiles())
          .naming("x.csv")
          .words(",", "\"", "\n", "\r\n", "\r", "\"\"", "1,", "e9", "\357\273\277", "nan", "a,b\n")
          .judged(CsvCorruptionTest::judge)
          .allocating(3 << 20);

  @Test
  void damagedCsvGivesItsNumbersOrAnError() {
    csv.check();
  }

  private final CorruptFiles<NumericArray> runs =
      CorruptFiles.of("whitespace", CsvCorruptionTest::readRuns, runFiles())
          .naming("x.dat")
          .words(" ", "\t", "\"", "\n", "\r\n", "\r", "#", "\"\"", "1  ", ",", "e9", "nan")
          .judged(CsvCorruptionTest::judgeRuns)
          .allocating(3 << 20);

  @Test
  void damagedRunsOfBlanksGiveTheirNumbersOrAnError() {
    runs.check();
  }

  @MethodSource("runFiles")
  @FuzzTest
  void fuzzRunsOfBlanks(byte[] content) {
    runs.checkOne(content);
  }

  static byte[][] runFiles() {
    return new byte[][] {
      "# sunspots\n1700   5\n1701  11\n 1702\t16 \n".getBytes(StandardCharsets.UTF_8),
      "\"a  b\"  c\r\n1,5  \"2\"\r\n\r\n  3 4e2\r\n".getBytes(StandardCharsets.UTF_8)
    };
  }

  private static NumericArray readRuns(byte[] content) {
    CsvFormat format =
        new CsvFormat(
            CsvFormat.Separator.WHITESPACE,
            CsvFormat.Header.AUTO,
            Optional.of("#"),
            CsvFormat.Decimal.COMMA);
    return CsvTable.read(new ByteArrayInputStream(content), "x.dat", format, List.of(), true);
  }

  /** Without quotes, every line but comments and a first one of names is numbers between runs. */
  private static void judgeRuns(byte[] content, NumericArray array) {
    float[] values = ((Values.Reals) array.values()).floats();
    String text = new String(content, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
    if (text.indexOf('"') >= 0) {
      return;
    }
    List<String> lines =
        Stream.of(text.split("\r\n|\r|\n"))
            .map(line -> line.replaceAll("^[ \t]+|[ \t]+$", ""))
            .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
            .toList();
    int names = lines.size() - array.sizes().get(0);
    assertThat(names).isBetween(0, 1);
    List<Float> numbers =
        lines.stream()
            .skip(names)
            .flatMap(line -> Stream.of(line.split("[ \t]+")))
            .map(field -> (float) Double.parseDouble(field.strip().replace(',', '.')))
            .toList();
    assertThat(values).hasSize(numbers.size());
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isEqualTo(numbers.get(i)).isFinite();
    }
  }

  @MethodSource("csvFiles")
  @FuzzTest
  void fuzzCsv(byte[] content) {
    csv.checkOne(content);
  }

  static byte[][] csvFiles() {
    return new byte[][] {
      OwnFiles.bytes("table.csv"),
      "\"a, b\",c\r\n1,\"2\"\r\n\r\n3,4e2\r\n".getBytes(StandardCharsets.UTF_8)
    };
  }

  private static NumericArray read(byte[] content) {
    return CsvTable.read(
        new ByteArrayInputStream(content),
        "x.csv",
        CsvFormat.commas(CsvFormat.Header.AUTO),
        List.of(),
        true);
  }

  /** Where no field is quoted, every line but a first one of names is numbers between commas. */
  private static void judge(byte[] content, NumericArray array) {
    float[] values = ((Values.Reals) array.values()).floats();
    assertThat(values).hasSize(array.sizes().get(0) * array.sizes().get(1));
    String text = new String(content, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
    if (text.indexOf('"') >= 0) {
      return;
    }
    List<String> lines =
        Stream.of(text.split("\r\n|\r|\n")).filter(line -> !line.isEmpty()).toList();
    int names = lines.size() - array.sizes().get(0);
    assertThat(names).isBetween(0, 1);
    List<Float> numbers =
        lines.stream()
            .skip(names)
            .flatMap(line -> Stream.of(line.split(",", -1)))
            .map(field -> (float) Double.parseDouble(field.strip()))
            .toList();
    assertThat(numbers).hasSize(values.length);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isEqualTo(numbers.get(i)).isFinite();
    }
  }
}
