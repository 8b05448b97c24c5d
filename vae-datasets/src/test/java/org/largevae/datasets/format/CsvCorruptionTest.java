package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
