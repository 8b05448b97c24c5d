package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CsvLinesTest {

  private static CsvFormat format(CsvFormat.Separator separator) {
    CsvFormat.Decimal decimal =
        separator == CsvFormat.Separator.SEMICOLON
            ? CsvFormat.Decimal.COMMA
            : CsvFormat.Decimal.POINT;
    return new CsvFormat(separator, CsvFormat.Header.FALSE, Optional.empty(), decimal);
  }

  @ParameterizedTest
  @EnumSource(CsvFormat.Separator.class)
  void whatIsWrittenIsReadAgain(CsvFormat.Separator separator) {
    List<List<String>> table =
        List.of(
            List.of("plain", "a,b;c\td e", "with \"quotes\"", "", "#x"),
            List.of("two\nlines", "", "\u00e9", "end", "'"));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    CsvLines lines = new CsvLines(text, format(separator));
    table.forEach(lines::write);
    lines.finish();

    List<List<String>> read = new ArrayList<>();
    try (CsvRows rows =
        CsvRows.open(new ByteArrayInputStream(text.toByteArray()), "x", format(separator))) {
      rows.forEachRemaining(row -> read.add(row.fields()));
    }
    assertThat(read).isEqualTo(table);
  }

  @Test
  void quotesStandOnlyWhereTheyAreNeeded() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    CsvLines lines = new CsvLines(text, format(CsvFormat.Separator.COMMA));
    lines.write(List.of("a b", "c,d", "e\"f", ""));
    lines.finish();

    assertThat(text.toString(StandardCharsets.UTF_8)).isEqualTo("a b,\"c,d\",\"e\"\"f\",\n");
  }

  @Test
  void numbersReadBackAsTheSame() {
    CsvLines points = new CsvLines(new ByteArrayOutputStream(), format(CsvFormat.Separator.COMMA));
    CsvLines commas =
        new CsvLines(new ByteArrayOutputStream(), format(CsvFormat.Separator.SEMICOLON));
    Random random = new Random(2);
    for (int i = 0; i < 10_000; i++) {
      float single = Float.intBitsToFloat(random.nextInt());
      double precise = Double.longBitsToDouble(random.nextLong());
      if (Float.isFinite(single) && Double.isFinite(precise)) {
        assertThat(Float.parseFloat(points.number(single))).isEqualTo(single);
        assertThat(Double.parseDouble(points.number(precise))).isEqualTo(precise);
        assertThat((float) CsvNumber.parse(commas.number(single), CsvFormat.Decimal.COMMA))
            .isEqualTo(single);
      }
    }
    assertThat(points.number(3f)).isEqualTo("3");
    assertThat(points.number(-0.1f)).isEqualTo("-0.1");
    assertThat(commas.number(2.5)).isEqualTo("2,5");
    assertThat(points.number(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
  }
}
