package org.largevae.datasets.duckdb;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.config.HoconText;
import org.largevae.api.files.MessageText;

/**
 * A column as DuckDB describes it.
 *
 * @param name as the file or the query has it
 * @param type in SQL, such as {@code DECIMAL(18,3)}
 */
record DuckDbColumn(String name, String type) {

  /** How a column's cells are fetched. */
  enum Cells {
    BOOLEAN,
    /** Whole numbers that a {@code long} holds. */
    LONG,
    /** Numbers of more digits than that, and decimals. */
    DECIMAL,
    FLOAT,
    DOUBLE,
    TEXT
  }

  private static final Map<String, Cells> CELLS =
      Map.ofEntries(
          Map.entry("BOOLEAN", Cells.BOOLEAN),
          Map.entry("TINYINT", Cells.LONG),
          Map.entry("SMALLINT", Cells.LONG),
          Map.entry("INTEGER", Cells.LONG),
          Map.entry("BIGINT", Cells.LONG),
          Map.entry("UTINYINT", Cells.LONG),
          Map.entry("USMALLINT", Cells.LONG),
          Map.entry("UINTEGER", Cells.LONG),
          Map.entry("UBIGINT", Cells.DECIMAL),
          Map.entry("HUGEINT", Cells.DECIMAL),
          Map.entry("UHUGEINT", Cells.DECIMAL),
          Map.entry("DECIMAL", Cells.DECIMAL),
          Map.entry("FLOAT", Cells.FLOAT),
          Map.entry("DOUBLE", Cells.DOUBLE),
          Map.entry("VARCHAR", Cells.TEXT),
          Map.entry("ENUM", Cells.TEXT),
          Map.entry("UUID", Cells.TEXT),
          Map.entry("DATE", Cells.TEXT),
          Map.entry("TIME", Cells.TEXT),
          Map.entry("TIME_NS", Cells.TEXT),
          Map.entry("TIME WITH TIME ZONE", Cells.TEXT),
          Map.entry("TIMESTAMP", Cells.TEXT),
          Map.entry("TIMESTAMP_S", Cells.TEXT),
          Map.entry("TIMESTAMP_MS", Cells.TEXT),
          Map.entry("TIMESTAMP_NS", Cells.TEXT),
          Map.entry("TIMESTAMP WITH TIME ZONE", Cells.TEXT),
          // of a column without any value
          Map.entry("\"NULL\"", Cells.TEXT));

  /** Empty where a cell is no single value. */
  Optional<Cells> cells() {
    String base = type.endsWith("]") ? type : type.replaceFirst("\\(.*", "");
    return Optional.ofNullable(CELLS.get(base));
  }

  /** What is wrong with a column that has no cells, and what to do. */
  String refusal(boolean queried) {
    String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
    String advice =
        queried
            ? "leave it out of dataset.query, or take single values out of it there"
            : "leave it out, with dataset.query = "
                + HoconText.of("SELECT * EXCLUDE (" + quoted + ") FROM data")
                + ", or take single values out of it there";
    return String.format(
        Locale.ROOT,
        "column \"%s\" is of the type %s, which is neither a number nor text; %s",
        MessageText.of(name),
        MessageText.of(type),
        advice);
  }
}
