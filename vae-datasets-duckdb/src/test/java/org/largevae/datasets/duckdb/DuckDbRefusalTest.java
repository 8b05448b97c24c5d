package org.largevae.datasets.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.HoconText;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.RawTable;

/** Each mistake is one sentence that says what to do, and nothing but the one file is touched. */
class DuckDbRefusalTest {
  @TempDir Path folder;
  private Path good;

  @BeforeEach
  void write() {
    good =
        Tables.parquet(
            "SELECT range AS a, range::VARCHAR AS b FROM range(10000)", file("t.parquet"));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private static String query(String sql) {
    return "query = " + HoconText.of(sql);
  }

  private void isData(Path file, String section, String... parts) {
    Throwable thrown = catchThrowable(() -> Tables.texts(Tables.open(file, section)));
    assertThat(thrown).isInstanceOf(DataException.class);
    assertThat(thrown.getMessage()).startsWith(file.toString()).contains(parts);
    isOneLine(thrown);
  }

  private void isSetting(Path file, String section, String... parts) {
    Throwable thrown = catchThrowable(() -> Tables.open(file, section));
    assertThat(thrown).isInstanceOf(ConfigurationException.class);
    assertThat(thrown.getMessage()).contains(parts);
    isOneLine(thrown);
  }

  private static void isOneLine(Throwable thrown) {
    assertThat(thrown.getMessage()).doesNotContainPattern("\\p{Cc}").hasSizeLessThan(600);
  }

  @Test
  void whatIsNoFileIsRefused() throws IOException {
    isData(file("none.parquet"), "", "is not an existing file; dataset.file must name one");
    isData(Files.createDirectory(file("dir.parquet")), "", "is not an existing file");
    isData(Files.createFile(file("empty.parquet")), "", "is empty");
    isData(Files.createFile(file("empty.csv")), "", "is empty");
    isData(Files.copy(good, file("t[1].parquet")), "", "takes for a pattern; rename it");
    isSetting(
        Files.copy(good, file("t.data")), "", "dataset.format", "must be parquet, csv or json");
    assertThat(Tables.texts(Tables.open(file("t.data"), "format = parquet"))).hasSize(10_000);
  }

  @Test
  void aParquetFileThatIsNoneOrDamagedIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(good);

    isData(
        Files.write(file("cut.parquet"), Arrays.copyOf(bytes, bytes.length / 2)),
        "",
        "was cut off; copy or write it again");
    isData(
        Files.write(file("short.parquet"), Arrays.copyOf(bytes, 6)), "", "is not a Parquet file");
    isData(Files.writeString(file("text.parquet"), "hello, world\n"), "", "is not a Parquet file");
    byte[] footer = bytes.clone();
    Arrays.fill(footer, bytes.length - 60, bytes.length - 8, (byte) 0xff);
    isData(Files.write(file("footer.parquet"), footer), "", "cannot be read: ");
    byte[] pages = bytes.clone();
    Arrays.fill(pages, 4, bytes.length / 2, (byte) 0xff);
    isData(Files.write(file("pages.parquet"), pages), "", "cannot be read");
  }

  @Test
  void anEncryptedParquetFileIsRefused() {
    Path file = file("secret.parquet");
    Tables.write(
        "SET force_mbedtls_unsafe = 'true'",
        "PRAGMA add_parquet_key('k', '0123456789112345')",
        "COPY (SELECT 1 AS a) TO "
            + Sql.text(file.toString())
            + " (FORMAT parquet, ENCRYPTION_CONFIG {footer_key: 'k'})");

    isData(file, "", "is an encrypted Parquet file; write it without encryption");
  }

  @Test
  void csvWithoutOneNumberOfFieldsIsRefused() throws IOException {
    isData(Files.writeString(file("r.csv"), "a,b\n1\n2,3,4\n"), "", "cannot be read", "separator");
    isData(Files.writeString(file("q.csv"), "a,b\n1,2\n\"x\n"), "", "cannot be read");
    isData(
        Files.write(file("l.csv"), "a,b\n1,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1)),
        "",
        "cannot be read",
        "utf-8");
    isSetting(
        Files.writeString(file("h.csv"), "1,2\n3,4\n"),
        "",
        "dataset.header",
        "must be false if the first line of " + file("h.csv") + " is an example");
  }

  @Test
  void jsonThatIsCutOffOrNestedIsRefused() throws IOException {
    isData(Files.writeString(file("cut.json"), "{\"a\":1}\n{\"a\":"), "", "Malformed JSON");
    isData(
        Files.writeString(file("n.json"), "{\"a\":1,\"n\":{\"k\":2}}"),
        "",
        "column \"n\" is of the type STRUCT(k BIGINT)",
        "dataset.query = \"SELECT * EXCLUDE (\\\"n\\\") FROM data\"");
    isData(
        Files.writeString(file("m.json"), "{\"m\":1}\n{\"m\":\"x\"}"),
        "",
        "\"m\" is of the type JSON");
  }

  @ParameterizedTest
  @CsvSource({
    "[1;2],INTEGER[]",
    "{'k': 1},STRUCT(k INTEGER)",
    "MAP {'k': 1},'MAP(VARCHAR, INTEGER)'",
    "'\\x01'::BLOB,BLOB",
    "INTERVAL 1 DAY,INTERVAL"
  })
  void columnsWithoutSingleValuesAreRefusedByName(String value, String type) {
    Path file =
        Tables.parquet("SELECT 1 AS a, " + value.replace(';', ',') + " AS odd", file("o.parquet"));

    isData(file, "", "column \"odd\" is of the type " + type, "leave it out, with dataset.query");
    isData(file, query("SELECT odd FROM data"), "leave it out of dataset.query");
    assertThat(Tables.texts(Tables.open(file, query("SELECT * EXCLUDE (\"odd\") FROM data"))))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY data TO '<folder>/out.csv'",
        "COPY (SELECT 1) TO '<file>' (FORMAT csv, USE_TMP_FILE false)",
        "EXPORT DATABASE '<folder>/out'",
        "ATTACH '<folder>/out.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "RESET allowed_paths",
        "CREATE TABLE t AS SELECT 1",
        "DROP VIEW data",
        "PRAGMA database_list",
        "CALL pragma_version()"
      })
  void statementsThatDoMoreThanReadAreRefused(String sql) throws IOException {
    byte[] before = Files.readAllBytes(good);

    isSetting(good, query(placed(sql)), "dataset.query", "must be a SELECT");

    assertThat(Files.readAllBytes(good)).isEqualTo(before);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(good);
    }
  }

  /** Should a statement ever get by as a SELECT, the database is shut all the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY (SELECT 1) TO '<folder>/out.csv'",
        "EXPORT DATABASE '<folder>/out'",
        "ATTACH '<folder>/out.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_paths = ['/etc/passwd']",
        "RESET lock_configuration",
        "SET memory_limit = '1TB'",
        "SET threads = 8",
        "CREATE TABLE t AS FROM read_csv('/etc/passwd')"
      })
  void theDatabaseIsShutWhateverTheStatement(String sql) {
    DuckDbFile file = new DuckDbFile(good, DuckDbSettings.FileFormat.PARQUET, ',', true);
    try (DuckDbSession session = new DuckDbSession(file, 64)) {
      assertThatThrownBy(() -> session.run(placed(sql)))
          .isInstanceOf(SQLException.class)
          .hasMessageFindingMatch("disabled|locked");
    }
  }

  private String placed(String sql) {
    return sql.replace("<folder>", folder.toString()).replace("<file>", good.toString());
  }

  @Test
  void severalStatementsOrNoneAreRefused() {
    isSetting(good, query("SELECT 1; COPY data TO 'x'"), "must be a SELECT");
    isSetting(good, query("SELECT 1; SELECT 2"), "must be one SELECT, but holds 2 statements");
    isSetting(good, query(";"), "must be one SELECT, but holds 0 statements");
    isSetting(good, query("SELECT 1) TO 'x"), "must be SQL: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('<folder>/other.txt')",
        "SELECT * FROM read_parquet('<file>.other')",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM query('COPY data TO ''<folder>/out.csv''')",
        "WITH x AS (INSERT INTO data VALUES (1, 'x') RETURNING *) SELECT * FROM x",
        "SELECT getenv('HOME')"
      })
  void nothingButTheFileIsRead(String sql) {
    isSetting(good, query(placed(sql)), "dataset.query", "the table data alone, which is " + good);
  }

  @Test
  void mistakesInAQueryAreSaidInDuckDbsWords() {
    isSetting(good, query("SELEC a FROM data"), "must be SQL: syntax error at or near \"SELEC\"");
    isSetting(good, query("SELECT aa FROM data"), "cannot be run: ", "\"aa\" not found", "\"a\"");
    isSetting(good, query("SELECT a FROM dat"), "cannot be run: ", "dat does not exist");
    isSetting(good, query("SELECT ? FROM data"), "cannot be run: ");
    isData(
        good, query("SELECT (b || 'x')::INTEGER AS n FROM data"), "cannot be read", "Conversion");
  }

  @ParameterizedTest
  @CsvSource({
    "random(),random",
    "now(),now",
    "uuid(),uuid",
    "current_date,current_date",
    "CURRENT_TIMESTAMP,current_timestamp",
    "ago(INTERVAL 1 DAY),ago"
  })
  void aQueryThatChangesWithTimeIsRefused(String expression, String name) {
    isSetting(
        good,
        query("SELECT a, (SELECT " + expression + ") AS x FROM data"),
        "must give the same rows each time",
        "but uses " + name + ", whose value changes");
  }

  @Test
  void aColumnMayBeNamedAsAFunctionThatChanges() {
    Path file = Tables.parquet("SELECT 1 AS \"now\", 2 AS random", file("names.parquet"));

    assertThat(Tables.texts(Tables.open(file, query("SELECT now, random FROM data")))).hasSize(1);
  }

  @Test
  void aSampleThatChangesIsNoticed() {
    RawTable table = Tables.open(good, query("SELECT a FROM data USING SAMPLE 10 ROWS"));
    Tables.texts(table);

    assertThatThrownBy(() -> Tables.texts(table))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("gave other rows when it was run again")
        .hasMessageContaining("REPEATABLE");
    RawTable fixed =
        Tables.open(
            good, query("SELECT a FROM data USING SAMPLE reservoir(10 ROWS) REPEATABLE (1)"));
    assertThat(Tables.texts(fixed)).hasSize(10).isEqualTo(Tables.texts(fixed));
  }

  @Test
  void textFromAFileShowsNoControlCharacters() {
    Path file = Tables.parquet("SELECT [1] AS \"a\u001b[2Jb\u202e\"", file("esc.parquet"));

    isData(file, "", "column \"a?[2Jb?\"");
    isSetting(good, query("SELECT \"x\u001b[2J\" FROM data"), "cannot be run");
  }

  @Test
  void whatNeedsMoreMemoryThanItMayIsRefused() {
    isData(
        good,
        "memory-limit = 64, "
            + query("SELECT x.a, y.b FROM data x CROSS JOIN data y ORDER BY hash(x.a, y.b)"),
        "DuckDB needs more memory than dataset.memory-limit = 64 allows; raise it");
  }

  @Test
  @Tag("slow")
  void tenThousandsOfColumnsAreReadOrNeedMoreMemory() {
    String columns =
        IntStream.range(0, 20_000).mapToObj(i -> i + " AS c" + i).collect(Collectors.joining(", "));
    Path file = Tables.parquet("SELECT " + columns, file("wide.parquet"));

    isData(
        file,
        "memory-limit = 64",
        "DuckDB needs more memory than dataset.memory-limit = 64 allows; raise it");
    try (RawTable.Rows rows = Tables.open(file, "").rows()) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.number(19_999)).isEqualTo(19_999);
    }
  }

  /** Later than the first rows that DuckDB hands over. */
  @Test
  void aFailureInTheMiddleSaysBehindWhichRow() {
    RawTable table =
        Tables.open(
            Tables.parquet("SELECT range AS a FROM range(3000000)", file("long.parquet")),
            query("SELECT (CASE WHEN a = 2900000 THEN 'x' ELSE '1' END)::INTEGER AS n FROM data"));

    assertThatThrownBy(() -> Tables.numbers(table, 0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("of dataset.query: what follows cannot be read: Conversion Error");
  }

  @Test
  void aTableWithoutRowsHasNone() {
    Path file = Tables.parquet("SELECT 1 AS a WHERE false", file("none.parquet"));

    assertThat(Tables.texts(Tables.open(file, ""))).isEmpty();
    assertThat(Tables.texts(Tables.open(good, query("SELECT a FROM data WHERE a < 0")))).isEmpty();
  }
}
