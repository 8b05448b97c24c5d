package org.largevae.core.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.RawTable;
import org.largevae.api.files.MessageText;

/** Finds the columns that a model knows in a table, and reads a row of text as numbers. */
public final class TableColumns {
  /** Whole numbers up to here have 15 digits, which a double holds exactly. */
  private static final double EXACT = 1e15;

  private static final Pattern LEADING_ZERO = Pattern.compile("[+-]?0\\d+.*");

  private final DataDescription data;
  private final int[] places;
  private final List<Map<String, Integer>> words = new ArrayList<>();

  /**
   * Finds a model's columns.
   *
   * @param data what the model's examples are made of: columns with names
   * @param table may have them in any order, and others besides
   * @param source the table's name, for messages
   * @throws DataException if one is not there
   */
  public TableColumns(DataDescription data, RawTable table, String source) {
    this.data = data;
    this.places = new int[data.dimensions()];
    List<String> names = table.columns();
    List<String> absent = data.names().stream().filter(name -> !names.contains(name)).toList();
    if (!absent.isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: lacks %s of the model: %s; it has %s",
              source,
              absent.size() == 1 ? "a column" : absent.size() + " columns",
              MessageText.of(absent),
              MessageText.of(names)));
    }
    for (int value = 0; value < places.length; value++) {
      places[value] = names.indexOf(data.names().get(value));
      List<String> categories = data.categories(value);
      Map<String, Integer> codes = new HashMap<>();
      IntStream.range(0, categories.size()).forEach(i -> codes.put(categories.get(i), i));
      words.add(codes);
    }
  }

  /**
   * Reads the present row.
   *
   * @param rows stands at a row
   * @param target gets D values in the data's own units, NaN where there is none
   * @param offset of the first
   * @throws DataException if a cell does not hold what its column does, or nothing where the model
   *     knows no gaps
   */
  public void read(RawTable.Rows rows, float[] target, int offset) {
    for (int value = 0; value < places.length; value++) {
      target[offset + value] =
          rows.isMissing(places[value]) ? missing(rows, value) : read(rows, value);
    }
  }

  private float missing(RawTable.Rows rows, int value) {
    if (!data.mayBeMissing(value)) {
      throw fault(
          rows,
          value,
          "holds no value, but the model was trained on a table without gaps there; fill it, or"
              + " train with dataset.columns.may-be-missing = [\"*\"]");
    }
    return Float.NaN;
  }

  private float read(RawTable.Rows rows, int value) {
    int place = places[value];
    double number = rows.number(place);
    if (!data.categories(value).isEmpty()) {
      return code(rows, value, number);
    }
    if (Double.isNaN(number)) {
      throw fault(rows, value, "holds \"" + shown(rows, place) + "\", which is no number");
    }
    float read = (float) number;
    if (!data.kind(value).holds(read)) {
      throw fault(rows, value, "holds " + shown(rows, place) + "; " + data.kind(value).rule());
    }
    return read;
  }

  private int code(RawTable.Rows rows, int value, double number) {
    String text = rows.text(places[value]);
    Integer code = words.get(value).get(text);
    if (code == null) {
      code = words.get(value).get(word(text, number));
    }
    if (code == null) {
      throw fault(
          rows,
          value,
          "holds \""
              + MessageText.of(text)
              + "\", which is none of its categories: "
              + MessageText.of(data.categories(value)));
    }
    return code;
  }

  /**
   * A cell as a category's name: 1 and 1.0 are the same, but not what a double cannot tell apart or
   * does not show, such as the codes 0123 and 123.
   */
  static String word(String text, double number) {
    boolean exact = Math.abs(number) < EXACT && !LEADING_ZERO.matcher(text).matches();
    return exact ? canonical(number) : text;
  }

  /** A number as a category's name. */
  static String canonical(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1L << 53
        ? String.valueOf((long) number)
        : String.valueOf(number);
  }

  private static String shown(RawTable.Rows rows, int place) {
    return MessageText.of(rows.text(place));
  }

  private DataException fault(RawTable.Rows rows, int value, String what) {
    return new DataException(
        rows.place() + ": column \"" + MessageText.of(data.names().get(value)) + "\" " + what);
  }
}
