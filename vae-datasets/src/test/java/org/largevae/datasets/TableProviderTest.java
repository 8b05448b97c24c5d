package org.largevae.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.RawTable;
import org.largevae.api.files.Sha256;

class TableProviderTest {
  @TempDir private Path folder;

  private RawTable table(String text, String settings) throws IOException {
    Files.writeString(folder.resolve("own.csv"), text);
    return TestFiles.table(new TableProvider(), "file = own.csv" + settings, folder);
  }

  private static List<List<String>> cells(RawTable table) {
    List<List<String>> cells = new ArrayList<>();
    try (RawTable.Rows rows = table.rows()) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 0; column < table.columns().size(); column++) {
          row.add(rows.isMissing(column) ? null : rows.text(column));
        }
        cells.add(row);
      }
    }
    return cells;
  }

  @Test
  void cellsAreText() throws IOException {
    RawTable table = table("name, age\n\"Ada, L\", 36\nBo,\nCy,NA\n", "");

    assertThat(table.columns()).containsExactly("name", "age");
    List<String> bo = new ArrayList<>(List.of("Bo"));
    bo.add(null);
    List<String> cy = new ArrayList<>(List.of("Cy"));
    cy.add(null);
    assertThat(cells(table)).containsExactly(List.of("Ada, L", "36"), bo, cy);
  }

  @Test
  void numbersAreReadInTheirNotation() throws IOException {
    RawTable table = table("a;b\n1,5;x\n", ", separator = semicolon, decimal = comma");
    try (RawTable.Rows rows = table.rows()) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.number(0)).isEqualTo(1.5);
      assertThat(rows.number(1)).isNaN();
      assertThat(rows.place()).endsWith("own.csv: line 2");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void whatIsMissingCanBeSaid() throws IOException {
    RawTable table = table("a,b\n-999,\n", ", missing = [\"-999\"]");
    try (RawTable.Rows rows = table.rows()) {
      rows.next();
      assertThat(rows.isMissing(0)).isTrue();
      assertThat(rows.isMissing(1)).isFalse();
    }
  }

  @Test
  void fingerprintIsOfTheWholeFile() throws IOException {
    String text = "a,b\n1,2\n3,4\n";
    RawTable table = table(text, "");
    assertThatThrownBy(table::fingerprints).isInstanceOf(IllegalStateException.class);
    cells(table);

    assertThat(table.fingerprints())
        .isEqualTo(Map.of("own.csv", Sha256.hex(text.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void columnsWithoutNamesAreNumbered() throws IOException {
    RawTable table = table("1,x\n2,y\n", ", header = false");

    assertThat(table.columns()).containsExactly("1", "2");
    assertThat(cells(table)).hasSize(2);
  }

  @Test
  void namesDiffer() {
    assertThatThrownBy(() -> table("a,b,a\n1,2,3\n", ""))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("two columns are named \"a\"");
  }

  @Test
  void rowsHaveOneLength() throws IOException {
    RawTable table = table("a,b\n1,2\n3\n", "");

    assertThatThrownBy(() -> cells(table))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 3 has 1 field, but the first has 2");
  }

  /** With a mark in their place, Malmö and Malmå would be one town. */
  @Test
  void otherEncodingsAreTold() throws IOException {
    byte[] latin = "town\nMalm\u00f6\nMalm\u00e5\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("own.csv"), latin);

    assertThatThrownBy(() -> TestFiles.table(new TableProvider(), "file = own.csv", folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("own.csv: some of its characters after line")
        .hasMessageContaining("iconv -f ISO-8859-1 -t UTF-8");
  }

  @Test
  void anotherSeparatorIsTold() {
    assertThatThrownBy(() -> table("name;town\nAda;London\nBo;Oslo\n", ""))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "has one column, but a semicolon parts all lines alike, into 2 fields")
        .hasMessageContaining("dataset.separator = semicolon");
  }

  @Test
  void oneColumnIsATable() throws IOException {
    assertThat(table("town\nNew York\nLos Angeles\n", "").columns()).containsExactly("town");
  }

  @Test
  void emptyFilesHoldNoRows() {
    assertThatThrownBy(() -> table("", ""))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds no rows");
  }
}
