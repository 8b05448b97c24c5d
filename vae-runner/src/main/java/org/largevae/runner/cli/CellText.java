package org.largevae.runner.cli;

import java.util.List;
import org.largevae.api.data.DataDescription;
import org.largevae.datasets.format.CsvLines;

/** The values of examples as a table has them. */
final class CellText {

  private CellText() {}

  /**
   * A value as text.
   *
   * @param number in the data's own unit, not NaN
   * @param value its position in an example
   * @param data what the examples are made of
   * @param lines the table that it is written to
   * @return a category's word, a whole number, or a number that reads back as the same
   */
  static String of(float number, int value, DataDescription data, CsvLines lines) {
    List<String> categories = data.categories(value);
    if (!categories.isEmpty()) {
      return categories.get((int) number);
    }
    boolean whole = data.kind(value).isDiscrete() && number == Math.rint(number);
    return whole ? String.valueOf((long) number) : lines.number(number);
  }
}
