package org.largevae.core.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.Labels;
import org.largevae.api.dataset.RawTable;
import org.largevae.api.files.MessageText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table read as numbers.
 *
 * @param data its columns, in their own units
 * @param size N, the rows
 * @param values N x D, NaN where there is no value; not copied
 * @param labels the rows' classes, where a column holds them
 * @param identifiers the rows' names, where a column holds them; none otherwise
 */
public record LoadedTable(
    DataDescription data,
    int size,
    float[] values,
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
   * @return its values
   * @throws DataException if a row is bad, or what a column holds has to be asked
   * @throws org.largevae.api.config.SettingException if a setting names no column
   */
  public static LoadedTable read(RawTable table, ColumnSettings settings) {
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
    DataDescription data = schema.data();
    int dimensions = data.dimensions();
    float[] values = new float[Math.multiplyExact(schema.rows(), dimensions)];
    List<String> identifiers = new ArrayList<>();
    Map<String, Integer> classes = new LinkedHashMap<>();
    int[] labels = new int[schema.rows()];
    TableColumns columns = new TableColumns(data, table, table.name());
    int identifier = settings.identifier().map(table.columns()::indexOf).orElse(-1);
    int label = settings.label().map(table.columns()::indexOf).orElse(-1);
    Map<String, String> places = new HashMap<>();
    try (RawTable.Rows rows = table.rows()) {
      for (int row = 0; rows.next() && row < schema.rows(); row++) {
        columns.read(rows, values, row * dimensions);
        if (identifier >= 0) {
          identifiers.add(unique(rows, identifier, places));
        }
        if (label >= 0) {
          String name = rows.isMissing(label) ? UNLABELLED : rows.text(label);
          labels[row] = classes.computeIfAbsent(name, fresh -> classes.size());
        }
      }
    }
    return new LoadedTable(
        data,
        schema.rows(),
        values,
        label < 0
            ? Optional.empty()
            : Optional.of(new Labels(List.copyOf(classes.keySet()), labels)),
        identifiers);
  }

  private static String unique(RawTable.Rows rows, int column, Map<String, String> places) {
    String name = rows.text(column);
    String before = places.putIfAbsent(name, rows.place());
    if (before != null) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: the identifier \"%s\" was there before, in %s; an identifier names one row, take"
                  + " another column or none",
              rows.place(),
              MessageText.of(name),
              before));
    }
    return name;
  }
}
