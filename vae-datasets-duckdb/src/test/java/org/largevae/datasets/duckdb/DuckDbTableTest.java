package org.largevae.datasets.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.RawTable;
import org.largevae.api.files.Sha256;

class DuckDbTableTest {
  @TempDir Path folder;

  private Path file(String name) {
    return folder.resolve(name);
  }

  private Path text(String name, String content) throws IOException {
    return Files.writeString(file(name), content);
  }

  @Test
  void everyTypeOfParquetIsReadAsItIs() {
    Path file =
        Tables.parquet(
            "SELECT true AS bool, (-7)::TINYINT AS tiny, 65535::USMALLINT AS small,"
                + " (-2147483648)::INTEGER AS whole, 4294967295::UINTEGER AS positive,"
                + " 18446744073709551615::UBIGINT AS huge, 1.50::DECIMAL(18,3) AS money,"
                + " 0.1::FLOAT AS single, 0.1::DOUBLE AS double, 'Zoë ''x' AS word,"
                + " DATE '2020-02-03' AS day, TIMESTAMP '2020-02-03 04:05:06.5' AS moment,"
                + " TIMESTAMPTZ '2020-02-03 04:05:06+02' AS instant, TIME '01:02:03' AS hour,"
                + " '00000000-0000-0000-0000-00000000002a'::UUID AS id,"
                + " 'low'::ENUM('low', 'high') AS level",
            file("types.parquet"));

    RawTable table = Tables.open(file, "");

    assertThat(table.columns())
        .containsExactly(
            "bool",
            "tiny",
            "small",
            "whole",
            "positive",
            "huge",
            "money",
            "single",
            "double",
            "word",
            "day",
            "moment",
            "instant",
            "hour",
            "id",
            "level");
    assertThat(Tables.texts(table))
        .containsExactly(
            List.of(
                "1",
                "-7",
                "65535",
                "-2147483648",
                "4294967295",
                "18446744073709551615",
                "1.500",
                "0.1",
                "0.1",
                "Zoë 'x",
                "2020-02-03",
                "2020-02-03 04:05:06.5",
                "2020-02-03 02:05:06+00",
                "01:02:03",
                "00000000-0000-0000-0000-00000000002a",
                "low"));
    double[] numbers = {1, -7, 65535, -2147483648.0, 4294967295.0, 0x1p64, 1.5, 0.1f, 0.1};
    for (int i = 0; i < 16; i++) {
      assertThat(Tables.numbers(table, i))
          .as(table.columns().get(i))
          .containsExactly(i < numbers.length ? numbers[i] : Double.NaN);
    }
  }

  @Test
  void nullsNotANumberAndBlankTextsAreMissing() {
    Path file =
        Tables.parquet(
            "SELECT * FROM (VALUES (NULL::BOOLEAN, NULL::INTEGER, NULL::DECIMAL(9,2), 'nan'::FLOAT,"
                + " 'nan'::DOUBLE, NULL::VARCHAR, NULL::DATE, ' ', NULL),"
                + " (false, 0, 0, 'inf', '-inf', 'x', '2020-01-01', ' y ', NULL)) t",
            file("gaps.parquet"));

    RawTable table = Tables.open(file, "");

    try (RawTable.Rows rows = table.rows()) {
      rows.next();
      for (int i = 0; i < 9; i++) {
        assertThat(rows.isMissing(i)).as("column %d", i).isTrue();
        assertThat(rows.text(i)).isEmpty();
        assertThat(rows.number(i)).isNaN();
      }
      rows.next();
      for (int i = 0; i < 8; i++) {
        assertThat(rows.isMissing(i)).as("column %d", i).isFalse();
      }
      assertThat(rows.isMissing(8)).isTrue();
      assertThat(rows.number(3)).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(rows.number(4)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(rows.text(7)).isEqualTo("y");
      assertThat(rows.place()).isEqualTo(file + ": row 2");
    }
  }

  @Test
  void wholeNumbersBeyondADoubleAreExactAsText() {
    Path file =
        Tables.parquet(
            "SELECT 9007199254740993 AS id, 123456789012345678.25::DECIMAL(38,2) AS sum",
            file("wide.parquet"));

    RawTable table = Tables.open(file, "");

    assertThat(Tables.texts(table))
        .containsExactly(List.of("9007199254740993", "123456789012345678.25"));
    assertThat(Tables.numbers(table, 0)).containsExactly(9007199254740992.0);
    assertThat(Tables.numbers(table, 1)).containsExactly(123456789012345678.25);
  }

  /** Several row groups, and more rows than DuckDB hands over at once. */
  @Test
  void rowsComeInTheFilesOrderAndAllOfThem() {
    Path file =
        Tables.copy(
            "SELECT (range * 7919) % 100003 AS i, range AS place FROM range(100000)",
            file("order.parquet"), "(FORMAT parquet, ROW_GROUP_SIZE 10000)");

    RawTable table = Tables.open(file, "");

    List<Double> expected =
        IntStream.range(0, 100_000).mapToObj(i -> (double) ((i * 7919L) % 100_003)).toList();
    assertThat(Tables.numbers(table, 0)).isEqualTo(expected);
    assertThat(Tables.numbers(Tables.open(file, "query = \"SELECT i FROM data\""), 0))
        .isEqualTo(expected);
  }

  @Test
  void fingerprintsAreOfTheFilesBytesAndOfTheQuery() throws IOException {
    Path file = Tables.parquet("SELECT 1 AS a", file("one.parquet"));
    RawTable table = Tables.open(file, "query = \"SELECT a FROM data\"");

    assertThatThrownBy(table::fingerprints).isInstanceOf(IllegalStateException.class);
    Tables.texts(table);

    assertThat(table.fingerprints())
        .containsOnlyKeys(file.toString(), "dataset.query")
        .containsEntry(file.toString(), Sha256.hex(Files.readAllBytes(file)))
        .containsEntry(
            "dataset.query", Sha256.hex("SELECT a FROM data".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aFileThatChangesBetweenTwoReadingsIsAnError() {
    Path file = Tables.parquet("SELECT 1 AS a", file("changing.parquet"));
    RawTable table = Tables.open(file, "");
    Tables.texts(table);
    Tables.parquet("SELECT 2 AS a", file);

    assertThatThrownBy(() -> Tables.texts(table))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": was changed while it was read; start again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.csv", "t.csv.gz", "t.csv.zst"})
  void csvKeepsTheTextsOfNamesDatesAndLeadingZeros(String name) throws IOException {
    Path plain =
        text(
            "plain.txt",
            "id,zip,when,agrees,amount,word,long,gap\n"
                + "001,007,03/04/2020,yes,1.5,a,12345678901234567890,NA\n"
                + "002,12,,no,2,\"b, \"\"c\"\"\",2,?\n");
    Path file =
        name.equals("t.csv")
            ? Files.copy(plain, file(name))
            : Tables.copy(
                "SELECT line FROM read_csv("
                    + Sql.text(plain.toString())
                    + ", columns = {'line': 'VARCHAR'}, header = false, delim = '\\x01',"
                    + " quote = '', escape = '', auto_detect = false)",
                file(name),
                "(FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\\x01')");

    RawTable table = Tables.open(file, "");

    assertThat(table.columns())
        .containsExactly("id", "zip", "when", "agrees", "amount", "word", "long", "gap");
    assertThat(Tables.texts(table))
        .containsExactly(
            List.of("001", "007", "03/04/2020", "yes", "1.5", "a", "12345678901234567890", ""),
            List.of("002", "12", "", "no", "2.0", "b, \"c\"", "2", ""));
  }

  @Test
  void csvMayHaveAnotherSeparatorAndNoHeader() throws IOException {
    Path tabs = text("t.tsv", "a\tb\n1\tx\n");
    Path bare = text("bare.csv", "1;x\n2;y\n");

    assertThat(Tables.texts(Tables.open(tabs, ""))).containsExactly(List.of("1", "x"));
    RawTable table = Tables.open(bare, "separator = semicolon, header = false");
    assertThat(table.columns()).containsExactly("column0", "column1");
    assertThat(Tables.texts(table)).containsExactly(List.of("1", "x"), List.of("2", "y"));
  }

  /** What decides a column's type may stand in the last line. */
  @Test
  void typesAreThoseOfTheWholeFile() throws IOException {
    StringBuilder lines = new StringBuilder("a\n");
    IntStream.range(0, 50_000).forEach(i -> lines.append(i).append('\n'));
    Path csv = text("late.csv", lines + "word\n");
    StringBuilder objects = new StringBuilder();
    IntStream.range(0, 50_000).forEach(i -> objects.append("{\"a\":").append(i).append("}\n"));
    Path json = text("late.jsonl", objects + "{\"a\":0.5,\"b\":\"x\"}\n");

    assertThat(Tables.texts(Tables.open(csv, ""))).hasSize(50_001).contains(List.of("word"));
    assertThat(Tables.open(json, "").columns()).containsExactly("a", "b");
    assertThat(Tables.numbers(Tables.open(json, ""), 0)).hasSize(50_001).endsWith(0.5);
  }

  @Test
  void jsonIsReadLineByLineOrAsAnArray() throws IOException {
    String one =
        "{\"a\":1,\"b\":\"x\",\"c\":true,\"d\":\"2020-01-01\",\"e\":\"01/02/2020\",\"it's\":null}";
    String two = "{\"a\":2.5,\"b\":null,\"c\":false,\"d\":\"2020-12-31\",\"e\":\"x\"}";
    List<List<String>> expected =
        List.of(
            List.of("1.0", "x", "1", "2020-01-01", "01/02/2020", ""),
            List.of("2.5", "", "0", "2020-12-31", "x", ""));

    RawTable lines = Tables.open(text("t.jsonl", one + "\n" + two + "\n"), "");
    RawTable array = Tables.open(text("t.json", "[" + one + ",\n" + two + "]"), "");

    assertThat(lines.columns()).containsExactly("a", "b", "c", "d", "e", "it's");
    assertThat(Tables.texts(lines)).isEqualTo(expected);
    assertThat(Tables.texts(array)).isEqualTo(expected);
  }

  @Test
  void aQuerySelectsComputesAndJoinsTheTable() {
    Path file =
        Tables.parquet(
            "SELECT range AS i, 2000 + range AS year, [range, 1] AS list FROM range(20)",
            file("q.parquet"));

    RawTable table =
        Tables.open(
            file,
            "query = \"\"\"WITH late AS (FROM data WHERE year > 2010)"
                + " SELECT late.i * 2 AS double, list[1] AS \"first of, list\", c.n FROM late"
                + " CROSS JOIN (SELECT count(*) AS n FROM data) c ORDER BY i DESC LIMIT 2; -- so\"\"\"");

    assertThat(table.columns()).containsExactly("double", "first of, list", "n");
    assertThat(Tables.texts(table))
        .containsExactly(List.of("38", "19", "20"), List.of("36", "18", "20"));
    try (RawTable.Rows rows = table.rows()) {
      rows.next();
      assertThat(rows.place()).isEqualTo(file + ": row 1 of dataset.query");
    }
  }

  @Test
  void namesMayHoldQuotesAndBlanks() {
    Path file =
        Tables.parquet("SELECT 1 AS \"it's \"\"so\"\", 2\", 2 AS \"select\"", file("o'n.parquet"));

    RawTable table = Tables.open(file, "");

    assertThat(table.columns()).containsExactly("it's \"so\", 2", "select");
    assertThat(Tables.texts(table)).containsExactly(List.of("1", "2"));
  }
}
