package org.largevae.datasets.format;

import java.util.List;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans an array's values as they pass: column by column where it has two axes, and those of more
 * as one.
 *
 * @param columns what is found
 * @param step how far apart in the file the values of one example are
 * @param table whether there are columns
 */
record ArrayScans(ColumnScans columns, int step, boolean table) {
  private static final Logger LOGGER = LoggerFactory.getLogger(ArrayScans.class);

  /** More values of an example are those of a picture or the like. */
  private static final int MOST_COLUMNS = 1 << 16;

  /**
   * Scans of an array.
   *
   * @param source the file and array, for messages
   * @param sizes of its axes
   * @param firstFastest whether neighbours in the file differ in the first index
   * @param examplesFirst whether the first axis counts the examples, not the last
   * @param shown what a column, counted from 0, is called in messages
   */
  static ArrayScans of(
      String source,
      List<Integer> sizes,
      boolean firstFastest,
      boolean examplesFirst,
      IntFunction<String> shown) {
    int count = sizes.size() == 2 ? sizes.get(examplesFirst ? 1 : 0) : 1;
    boolean table = sizes.size() == 2 && count <= MOST_COLUMNS;
    long step = table ? NumericArray.steps(sizes, firstFastest)[examplesFirst ? 1 : 0] : 1;
    return new ArrayScans(
        ColumnScans.of(
            source,
            table ? count : 1,
            column -> table ? shown.apply(column) : "the array",
            some -> "leave it out of the array"),
        (int) step,
        table);
  }

  /** A value at its place in the file. */
  void add(int at, double value) {
    columns.add(at / step % columns.columns().length, value);
  }

  /**
   * Refuses and warns of what has been found.
   *
   * @throws org.largevae.api.data.DataException if numbers are too close to each other for single
   *     precision
   */
  void check() {
    columns.precision().forEach(LOGGER::warn);
    if (table) {
      columns.rowNumbers(column -> false).ifPresent(LOGGER::warn);
    }
  }
}
