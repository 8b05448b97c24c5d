package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.DataException;
import org.largevae.datasets.format.CsvFormat.Decimal;
import org.largevae.datasets.format.CsvFormat.Header;
import org.largevae.datasets.format.CsvFormat.Separator;

class CsvRowsTest {

  @Test
  void rowsAreTextWithTheirLines() {
    try (CsvRows rows =
        open("a,b\n\n1,\"x, \"\"y\"\"\nz\"\n,3,4\n", CsvFormat.commas(Header.AUTO))) {
      assertThat(rows.header()).contains(new CsvRow(1, List.of("a", "b")));
      assertThat(rows.next()).isEqualTo(new CsvRow(3, List.of("1", "x, \"y\"\nz")));
      assertThat(rows.next()).isEqualTo(new CsvRow(5, List.of("", "3", "4")));
      assertThat(rows.hasNext()).isFalse();
    }
  }

  @Test
  void moreRowsThanAreLookedAtComeInOrder() {
    String text = "x\n" + "1\n2\n".repeat(150);
    List<CsvRow> rows = all(text, CsvFormat.commas(Header.AUTO));
    assertThat(rows).hasSize(300);
    assertThat(rows.get(299)).isEqualTo(new CsvRow(301, List.of("2")));
  }

  @Test
  void runsOfBlanksAndTabStopsPartFields() {
    CsvFormat format = format(Separator.WHITESPACE, Header.FALSE, "#");
    String text =
        "# a comment with an \"odd  quote\n  1700   5\t 7 \r\n\t\n \"a  \"\"  b\"  x  y\"z\n #  c\n";
    assertThat(all(text, format))
        .containsExactly(
            new CsvRow(2, List.of("1700", "5", "7")),
            new CsvRow(4, List.of("a  \"  b", "x", "y\"z")));
  }

  @Test
  void commentsArePassedOver() {
    assertThat(
            all(
                "% by hand, \"2020\n1;2\n%3;4\n5;%6\n",
                format(Separator.SEMICOLON, Header.FALSE, "%")))
        .containsExactly(new CsvRow(2, List.of("1", "2")), new CsvRow(4, List.of("5", "%6")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aMarkAtTheStartSaysTheEncoding(String encoding) {
    byte[] bytes = "\uFEFFgröße,b\n1,2\n".getBytes(Charset.forName(encoding));
    try (CsvRows rows =
        CsvRows.open(new ByteArrayInputStream(bytes), "a.csv", CsvFormat.commas(Header.AUTO))) {
      assertThat(rows.header()).contains(new CsvRow(1, List.of("größe", "b")));
    }
  }

  @Test
  void anEmptyFileHasNoRows() {
    assertThat(all("", CsvFormat.commas(Header.TRUE))).isEmpty();
    assertThat(all("", CsvFormat.commas(Header.AUTO))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a;b;c|2.04;-2.5;0.4|-0.5;0.4;7 ~ a semicolon parts all lines alike, into 3 fields; set"
            + " dataset.separator = semicolon",
        "a;b|1,5;2,5|1,5;0,1 ~ a semicolon parts all lines alike, into 2 fields; set"
            + " dataset.separator = semicolon and dataset.decimal = comma",
        "1700   5|1701  11|1702 0.5 ~ whitespace parts all lines alike, into 2 fields; set"
            + " dataset.separator = whitespace",
        "1.5\t5|1.6\t11 ~ a tab parts all lines alike, into 2 fields; set dataset.separator = tab",
        "# by hand|1,2|1,3 ~ line 1 begins with # as comments do; pass such lines over with"
            + " dataset.comment = \"#\"",
        "a,b|// x,y|1,3 ~ line 2 begins with // as comments do; pass such lines over with"
            + " dataset.comment = \"/\"",
        "a,b|1,cat|2,dog ~",
        "time of day,b|10:00 am,2|11:00 am,3 ~",
      })
  void saysWhichSettingHelps(String text, String advice) {
    assertThat(advice(text, CsvFormat.commas(Header.AUTO))).isEqualTo(Optional.ofNullable(advice));
  }

  @Test
  void saysThatDecimalsStandBehindCommas() {
    assertThat(advice("a;b|1,5;2", format(Separator.SEMICOLON, Header.AUTO, null)))
        .contains("if its numbers have decimal commas, set dataset.decimal = comma");
  }

  @Test
  void aLineOfAnotherLengthIsRefusedWithAdvice() {
    try (CsvRows rows = open("a;b\n1,5;2\n", CsvFormat.commas(Header.AUTO))) {
      CsvRow row = rows.next();
      assertThatThrownBy(() -> rows.requireFields(row, 1))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "a.csv: line 2 has 2 fields, but the first has 1; a semicolon parts all lines alike,"
                  + " into 2 fields; set dataset.separator = semicolon and dataset.decimal = comma");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "COMMA ~ COMMA ~ # ~ decimal: cannot be a comma as the separator is",
        "SEMICOLON ~ POINT ~ ; ~ comment: must be another character than the separator",
        "COMMA ~ POINT ~ // ~ comment: must be one character that no field begins with",
        "COMMA ~ POINT ~ - ~ comment: must be one character that no field begins with",
        "COMMA ~ POINT ~ c ~ comment: must be one character that no field begins with",
      })
  void keysThatDoNotGoTogetherAreRefused(
      Separator separator, Decimal decimal, String comment, String message) {
    assertThatThrownBy(() -> new CsvFormat(separator, Header.AUTO, Optional.of(comment), decimal))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith(message);
  }

  private static Optional<String> advice(String lines, CsvFormat format) {
    try (CsvRows rows = open(lines.strip().replace('|', '\n') + "\n", format)) {
      return rows.advice(rows.next());
    }
  }

  private static CsvFormat format(Separator separator, Header header, String comment) {
    return new CsvFormat(separator, header, Optional.ofNullable(comment), Decimal.POINT);
  }

  private static List<CsvRow> all(String text, CsvFormat format) {
    List<CsvRow> all = new ArrayList<>();
    try (CsvRows rows = open(text, format)) {
      rows.forEachRemaining(all::add);
    }
    return all;
  }

  private static CsvRows open(String text, CsvFormat format) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return CsvRows.open(new ByteArrayInputStream(bytes), "a.csv", format);
  }
}
