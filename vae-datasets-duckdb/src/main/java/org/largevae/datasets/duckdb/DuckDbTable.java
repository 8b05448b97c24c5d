package org.largevae.datasets.duckdb;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.RawTable;
import org.largevae.api.files.MessageText;
import org.largevae.api.files.Sha256;
import org.largevae.datasets.duckdb.DuckDbColumn.Cells;
import org.largevae.datasets.duckdb.DuckDbSettings.FileFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file, or what a query makes of it, as a table. Each reading has a database of its own. */
final class DuckDbTable implements RawTable {
  private static final Logger LOGGER = LoggerFactory.getLogger(DuckDbTable.class);

  private final DuckDbSettings settings;
  private final DuckDbFile file;
  private final List<DuckDbColumn> columnsOfFile;
  private final List<DuckDbColumn> columns;
  private final Cells[] cells;

  /** Columns of which it has been said that their numbers are rounded. */
  private final Set<Integer> rounded = ConcurrentHashMap.newKeySet();

  private Reading first;

  /** What a whole reading came to: two that differ are not of the same table. */
  record Reading(String sha256, long rows, long hash) {}

  private DuckDbTable(
      DuckDbSettings settings,
      DuckDbFile file,
      List<DuckDbColumn> columnsOfFile,
      List<DuckDbColumn> columns) {
    this.settings = settings;
    this.file = file;
    this.columnsOfFile = List.copyOf(columnsOfFile);
    this.columns = List.copyOf(columns);
    this.cells = columns.stream().map(column -> column.cells().orElseThrow()).toArray(Cells[]::new);
  }

  /**
   * Finds the columns.
   *
   * @throws DataException if the file is damaged or a column's type has no cells
   * @throws SettingException if the query cannot be run
   */
  static DuckDbTable open(DuckDbSettings settings, DuckDbFile file) {
    try (DuckDbSession session = new DuckDbSession(file, settings.memoryLimit())) {
      try {
        return open(settings, file, session);
      } catch (SQLException failure) {
        throw file.fault("cannot be read: " + file.reason(session.reason(failure)));
      }
    }
  }

  private static DuckDbTable open(DuckDbSettings settings, DuckDbFile file, DuckDbSession session)
      throws SQLException {
    List<DuckDbColumn> ofFile = session.describe(file.sniffed());
    requireNames(ofFile, file);
    List<DuckDbColumn> columns = ofFile;
    if (settings.query().isPresent()) {
      define(session, file, ofFile, settings.query());
      columns = session.describe("vae_rows");
    }
    for (DuckDbColumn column : columns) {
      if (column.cells().isEmpty()) {
        throw file.fault(column.refusal(settings.query().isPresent()));
      }
    }
    return new DuckDbTable(settings, file, ofFile, columns);
  }

  /** Numbers are no names: a header that is none would be one example lost. */
  private static void requireNames(List<DuckDbColumn> columns, DuckDbFile file) {
    if (file.format() == FileFormat.CSV && file.header()) {
      for (DuckDbColumn column : columns) {
        if (column.name().strip().matches("[-+]?\\d*[.,]?\\d+([eE][-+]?\\d+)?")) {
          throw new SettingException(
              "header",
              "must be false if the first line of "
                  + file.shown()
                  + " is an example: as a name of a column it has "
                  + MessageText.of(column.name()));
        }
      }
    }
  }

  /** Makes the view {@code vae_rows}. */
  private static void define(
      DuckDbSession session, DuckDbFile file, List<DuckDbColumn> ofFile, Optional<String> query)
      throws SQLException {
    String view = query.isPresent() ? "data" : "vae_rows";
    session.run("CREATE VIEW " + view + " AS FROM " + file.known(ofFile));
    query.ifPresent(text -> new DuckDbQuery(text).define(session, file));
  }

  @Override
  public String name() {
    return DuckDbProvider.NAME;
  }

  @Override
  public List<String> columns() {
    return columns.stream().map(DuckDbColumn::name).toList();
  }

  @Override
  public Rows rows() {
    DuckDbSession session = new DuckDbSession(file, settings.memoryLimit());
    try {
      define(session, file, columnsOfFile, settings.query());
      return begin(session);
    } catch (SettingException changed) {
      session.close();
      throw new DataException("dataset." + changed.getMessage(), changed);
    } catch (SQLException failure) {
      session.close();
      throw file.fault("cannot be read: " + session.reason(failure));
    } catch (RuntimeException failure) {
      session.close();
      throw failure;
    }
  }

  private Rows begin(DuckDbSession session) {
    String selection = selection();
    try {
      return new DuckDbRows(this, session, session.prepare(selection));
    } catch (SQLException failure) {
      throw file.fault("cannot be read: " + session.reasonAnew(selection, failure));
    }
  }

  /** The cells by their places, whatever their names, and a hash of the row. */
  private String selection() {
    String names =
        IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    String cells =
        IntStream.range(0, columns.size())
            .mapToObj(i -> cells(i) == Cells.TEXT ? "CAST(c" + i + " AS VARCHAR)" : "c" + i)
            .collect(Collectors.joining(", "));
    return "SELECT " + cells + ", CAST(hash(t) >> 1 AS BIGINT) FROM vae_rows AS t(" + names + ")";
  }

  Cells cells(int column) {
    return cells[column];
  }

  int width() {
    return columns.size();
  }

  /** Where a row is, for messages. */
  String place(long row) {
    String where = file.shown() + ": row " + row;
    return settings.query().isPresent() ? where + " of dataset.query" : where;
  }

  /** Says once of a column that a cell has more digits than a number here. */
  void warnOfRounding(int column, String cell) {
    if (rounded.add(column)) {
      LOGGER.warn(
          "dataset {}: column \"{}\" holds {}, of more digits than a double: as a number it is"
              + " rounded, as a label or an identifier it is exact",
          name(),
          MessageText.of(columns.get(column).name()),
          MessageText.of(cell));
    }
  }

  /**
   * Takes note of a whole reading.
   *
   * @throws DataException if another one came to something else
   */
  synchronized void finish(long rows, long hash) {
    Reading reading = new Reading(file.sha256(), rows, hash);
    if (first == null) {
      first = reading;
    }
    if (!first.sha256().equals(reading.sha256())) {
      throw file.fault("was changed while it was read; start again");
    }
    if (!first.equals(reading)) {
      throw file.fault(
          "dataset.query gave other rows when it was run again; give it an ORDER BY that leaves"
              + " no choice, and a sample a REPEATABLE (1)");
    }
  }

  @Override
  public synchronized Map<String, String> fingerprints() {
    if (first == null) {
      throw new IllegalStateException("the table has not been read to its end");
    }
    Map<String, String> fingerprints = new LinkedHashMap<>();
    fingerprints.put(settings.file(), first.sha256());
    settings
        .query()
        .ifPresent(
            query ->
                fingerprints.put(
                    "dataset.query", Sha256.hex(query.getBytes(StandardCharsets.UTF_8))));
    return fingerprints;
  }
}
