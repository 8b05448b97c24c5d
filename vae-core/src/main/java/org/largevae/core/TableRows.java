package org.largevae.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Names;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.files.MessageText;

/**
 * The rows of a table by the names of its columns, for the methods of {@link TrainedVae}:
 *
 * <pre>{@code
 * float[] row = vae.rows().of(Map.of("age", 34, "city", "Oslo"));
 * double logLikelihood = vae.logLikelihood(row, 100, 1);
 * Map<String, Object> filled = vae.rows().values(vae.impute(new float[][] {row}, 100, 1)[0]);
 * }</pre>
 */
public final class TableRows {
  private final DataDescription data;

  TableRows(DataDescription data) {
    if (data.names().isEmpty()) {
      throw new ConfigurationException(
          "the model's examples have no columns with names; use arrays of values");
    }
    this.data = data;
  }

  /**
   * The names of the columns.
   *
   * @return in their order
   */
  public List<String> columns() {
    return data.names();
  }

  /**
   * A row as an example.
   *
   * @param values numbers, or the words of columns of words, by the columns' names; a column that
   *     is absent or null is missing
   * @return D values in the data's own units, NaN where one is missing
   * @throws DataException if a name is no column, a value is not of its column's kind, or a column
   *     is missing that the model knows no gaps in
   */
  public float[] of(Map<String, ?> values) {
    Set<String> unknown = new TreeSet<>(values.keySet());
    data.names().forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      String name = unknown.iterator().next();
      throw new DataException(
          String.format(
              Locale.ROOT,
              "the model has no column \"%s\"%s; it has %s",
              MessageText.of(name),
              Names.question(name, data.names()),
              MessageText.of(data.names())));
    }
    float[] row = new float[data.dimensions()];
    for (int value = 0; value < row.length; value++) {
      row[value] = value(values.get(data.names().get(value)), value);
    }
    return row;
  }

  private float value(Object given, int value) {
    if (given == null) {
      if (!data.mayBeMissing(value)) {
        throw fault(value, "is missing, but the model was trained on a table without gaps there");
      }
      return Float.NaN;
    }
    List<String> categories = data.categories(value);
    if (!categories.isEmpty()) {
      int code = categories.indexOf(given.toString());
      if (code < 0) {
        throw fault(
            value,
            "holds \""
                + MessageText.of(given.toString())
                + "\", which is none of its categories: "
                + MessageText.of(categories));
      }
      return code;
    }
    float number =
        given instanceof Number known
            ? known.floatValue()
            : given instanceof Boolean truth ? (truth ? 1 : 0) : Float.NaN;
    if (!data.kind(value).holds(number)) {
      throw fault(
          value, "holds " + MessageText.of(given.toString()) + "; " + data.kind(value).rule());
    }
    return number;
  }

  private DataException fault(int value, String what) {
    return new DataException("column \"" + data.names().get(value) + "\" " + what);
  }

  /**
   * An example as a row.
   *
   * @param example D values in the data's own units
   * @return a {@link Double}, a {@link String} of a column of words, or null where a value is NaN,
   *     by the columns' names in their order
   * @throws org.largevae.api.tensor.ShapeException if it has another length
   */
  public Map<String, Object> values(float[] example) {
    ExampleChecks.shapes(new float[][] {example}, data);
    Map<String, Object> values = new LinkedHashMap<>();
    for (int value = 0; value < example.length; value++) {
      values.put(data.names().get(value), shown(example[value], value));
    }
    return values;
  }

  private Object shown(float number, int value) {
    if (Float.isNaN(number)) {
      return null;
    }
    List<String> categories = data.categories(value);
    return categories.isEmpty() ? (Object) (double) number : categories.get((int) number);
  }
}
