package org.largevae.core.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.Labels;
import org.largevae.api.dataset.RawTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table read as numbers.
 *
 * @param data its columns, in their own units
 * @param size N, the rows
 * @param values N x D, NaN where there is no value
 * @param labels the rows' classes, where a column holds them
 * @param identifiers the rows' names, where a column holds them and the values are on the heap;
 *     none otherwise
 */
public record LoadedTable(
    DataDescription data,
    int size,
    StoredRows values,
    Optional<Labels> labels,
    List<String> identifiers) {
  private static final Logger LOGGER = LoggerFactory.getLogger(LoadedTable.class);

  /** The class of a row whose label is missing. */
  private static final String UNLABELLED = "missing";

  /**
   * Reads a table twice: once for what its columns hold, once for the values.
   *
   * @param table the table
   * @param settings what the configuration says of its columns
   * @param mapped whether the values go to a file
   * @return its values
   * @throws DataException if a row is bad, or what a column holds has to be asked
   * @throws org.largevae.api.config.SettingException if a setting names no column, or the values do
   *     not fit the memory that they are to be kept in
   * @throws org.largevae.api.files.OutputException if the file cannot be written
   */
  public static LoadedTable read(RawTable table, ColumnSettings settings, Mapping mapped) {
    TableSchema schema = TableSchema.of(table, settings);
    if (!schema.guessed().isEmpty()) {
      LOGGER.warn(
          "dataset {}: {} rows; the kinds of {} of {} columns are guessed, set dataset.columns to say"
              + " otherwise - {}",
          table.name(),
          schema.rows(),
          schema.guessed().size(),
          schema.data().dimensions(),
          schema.summary());
    }
    int dimensions = schema.data().dimensions();
    boolean toFile =
        mapped.applies((long) schema.rows() * dimensions, Runtime.getRuntime().maxMemory());
    try (RowStore store =
        toFile
            ? new MappedRowStore(temporary(), schema.rows(), dimensions, MappedRowStore.MAP_BYTES)
            : RowStore.onHeap(schema.rows(), dimensions)) {
      return read(table, settings, schema, store, !toFile);
    }
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static LoadedTable read(
      RawTable table,
      ColumnSettings settings,
      TableSchema schema,
      RowStore store,
      boolean keepsIdentifiers) {
    List<String> identifiers = new ArrayList<>();
    Map<String, String> classes = new HashMap<>();
    String[] labels = new String[label(settings, table) < 0 ? 0 : schema.rows()];
    TableColumns columns = new TableColumns(schema.data(), table, table.name());
    int identifier = settings.identifier().map(table.columns()::indexOf).orElse(-1);
    int label = label(settings, table);
    Identifiers unique = new Identifiers(identifier, identifier < 0 ? 0 : schema.rows());
    float[] values = new float[schema.data().dimensions()];
    try (RawTable.Rows rows = table.rows()) {
      for (int row = 0; row < schema.rows(); row++) {
        requireSame(rows.next(), table, schema);
        columns.read(rows, values, 0);
        store.add(values);
        if (identifier >= 0) {
          unique.add(rows);
        }
        if (identifier >= 0 && keepsIdentifiers) {
          identifiers.add(rows.written(identifier));
        }
        if (label >= 0) {
          String written = rows.written(label).strip();
          String name = written.isEmpty() ? UNLABELLED : written;
          // one text for each class, not for each row
          labels[row] = classes.computeIfAbsent(name, first -> first);
        }
      }
      requireSame(!rows.next(), table, schema);
    }
    unique.requireUnique(table);
    return new LoadedTable(
        schema.data(),
        schema.rows(),
        store.finish(),
        label < 0 ? Optional.empty() : Optional.of(Labels.of(Arrays.asList(labels))),
        identifiers);
  }

  private static int label(ColumnSettings settings, RawTable table) {
    return settings.label().map(table.columns()::indexOf).orElse(-1);
  }

  private static void requireSame(boolean same, RawTable table, TableSchema schema) {
    if (!same) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "dataset %s: had %d rows when it was read first and has another number now; read it"
                  + " again when nothing writes to it",
              table.name(),
              schema.rows()));
    }
  }
}
