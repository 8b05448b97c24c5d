package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.largevae.api.dataset.RawTable;

/** What holds for every table. */
record TableChecks(RawTable table) {

  /** A cell as a table gives it. */
  private record Cell(boolean missing, String text, double number) {
    static Cell of(RawTable.Rows rows, int column) {
      return new Cell(rows.isMissing(column), rows.text(column), rows.number(column));
    }
  }

  void columnsAreNamedApart() {
    List<String> names = table.columns();
    assertThat(names)
        .withFailMessage("columns() is empty: a table has at least one column")
        .isNotEmpty();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      assertThat(name.isBlank())
          .withFailMessage(
              "the name of column %d, counted from 0, is blank: give it one, such as \"column %d\";"
                  + " it is what users write in a configuration",
              i, i + 1)
          .isFalse();
      assertThat(seen.add(name))
          .withFailMessage(
              "two columns are named \"%s\": throw a DataException that says so, or name them apart",
              name)
          .isTrue();
    }
  }

  void cellsAgreeWithThemselves() {
    int count = 0;
    try (RawTable.Rows rows = table.rows()) {
      while (rows.next()) {
        count++;
        String place = rows.place();
        assertThat(place != null && !place.isBlank())
            .withFailMessage(
                "place() of row %d, counted from 1, is blank: say where it is, such as"
                    + " \"claims.csv: line 12\"; messages about its cells begin with it",
                count)
            .isTrue();
        for (int column = 0; column < table.columns().size(); column++) {
          requireAgreement(Cell.of(rows, column), place, table.columns().get(column));
        }
      }
      assertThat(rows.next())
          .withFailMessage("next() is true again after the last row: keep it false")
          .isFalse();
    }
    assertThat(count)
        .withFailMessage("the table has no rows to test with: configuration() should name some")
        .isPositive();
  }

  private static void requireAgreement(Cell cell, String place, String column) {
    assertThat(cell.text())
        .withFailMessage(
            "text() is null in %s, column \"%s\": give an empty text where there is no value",
            place, column)
        .isNotNull();
    assertThat(cell.text())
        .withFailMessage(
            "text() is \"%s\" in %s, column \"%s\": give it without blanks around it",
            cell.text(), place, column)
        .isEqualTo(cell.text().strip());
    assertThat(cell.missing() && !cell.text().isEmpty())
        .withFailMessage(
            "isMissing() is true but text() is \"%s\" in %s, column \"%s\": give an empty text"
                + " where there is no value",
            cell.text(), place, column)
        .isFalse();
    assertThat(cell.missing() && !Double.isNaN(cell.number()))
        .withFailMessage(
            "isMissing() is true but number() is %s in %s, column \"%s\": give NaN where there is no"
                + " value",
            cell.number(), place, column)
        .isFalse();
    assertThat(cell.text().isEmpty() && !Double.isNaN(cell.number()))
        .withFailMessage(
            "text() is empty but number() is %s in %s, column \"%s\": give the number's text too,"
                + " labels and identifiers are made of it",
            cell.number(), place, column)
        .isFalse();
  }

  void readingTwiceGivesTheSame(RawTable again) {
    List<List<Cell>> first = cells();
    boolean same =
        first.equals(cells())
            && again.columns().equals(table.columns())
            && first.equals(new TableChecks(again).cells());

    assertThat(same)
        .withFailMessage(
            "reading twice gives other names, rows or cells: rows() must begin anew and keep the"
                + " order; a table is read once for what its columns hold and once for the values")
        .isTrue();
  }

  void readersAreIndependent() {
    List<List<Cell>> all = cells();
    try (RawTable.Rows one = table.rows();
        RawTable.Rows other = table.rows()) {
      for (int row = 0; row < all.size(); row++) {
        one.next();
      }
      boolean undisturbed = other.next() && row(other).equals(all.get(0));
      boolean undisturbing = row(one).equals(all.get(all.size() - 1));
      assertThat(undisturbed && undisturbing)
          .withFailMessage(
              "two readers of one table disturb each other: let each call of rows() open the file"
                  + " for itself and keep its own place")
          .isTrue();
    }
  }

  void closingEarlyIsFine() {
    List<List<Cell>> all = cells();
    try {
      RawTable.Rows unread = table.rows();
      unread.close();
      RawTable.Rows begun = table.rows();
      begun.next();
      begun.close();
      begun.close();
    } catch (RuntimeException failure) {
      throw new AssertionError(
          "closing before the last row, or twice, gives " + failure + ": let it pass", failure);
    }
    if (!cells().equals(all)) {
      fail("a reader that was closed early changes what the next one gives: share nothing");
    }
  }

  /** What was read, known after reading it. */
  Map<String, String> fingerprints() {
    cells();
    try {
      return table.fingerprints();
    } catch (IllegalStateException early) {
      throw new AssertionError(
          "fingerprints() are not known although all rows have been read: " + early.getMessage(),
          early);
    }
  }

  private List<List<Cell>> cells() {
    List<List<Cell>> all = new ArrayList<>();
    try (RawTable.Rows rows = table.rows()) {
      while (rows.next()) {
        all.add(row(rows));
      }
    }
    return all;
  }

  private List<Cell> row(RawTable.Rows rows) {
    List<Cell> cells = new ArrayList<>();
    for (int column = 0; column < table.columns().size(); column++) {
      cells.add(Cell.of(rows, column));
    }
    return cells;
  }
}
