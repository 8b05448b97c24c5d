package org.largevae.api.dataset;

import java.util.List;
import java.util.Map;

/**
 * A table whose cells are text, as files have it, read row by row and as often as wanted: what its
 * columns hold is decided by the configuration and by what is found in them.
 */
public non-sealed interface RawTable extends RawData {

  /**
   * The columns' names.
   *
   * @return in order, at least one, all different; for a table without names {@code 1}, {@code 2}
   *     and so on
   */
  List<String> columns();

  /**
   * Reads from the first row.
   *
   * @return the rows, to be closed
   * @throws org.largevae.api.data.DataException if they cannot be read
   */
  Rows rows();

  /**
   * The SHA-256 of each file, in hexadecimal, by its name.
   *
   * @return known as soon as all rows have been read once
   * @throws IllegalStateException before
   */
  Map<String, String> fingerprints();

  /** The rows of a table, one at a time. */
  interface Rows extends AutoCloseable {

    /**
     * Goes to the next row.
     *
     * @return false after the last
     * @throws org.largevae.api.data.DataException if it cannot be read
     */
    boolean next();

    /**
     * Whether a cell of the row holds nothing.
     *
     * @param column from 0
     * @return true where there is no value
     */
    boolean isMissing(int column);

    /**
     * What a cell of the row says.
     *
     * @param column from 0
     * @return its text without blanks around it; empty where there is no value
     */
    String text(int column);

    /**
     * A cell of the row as the file has it, to write it again.
     *
     * @param column from 0
     * @return {@link #text} unless overridden, where the file says more, such as a word for a value
     *     that is missing
     */
    default String written(int column) {
      return text(column);
    }

    /**
     * A cell of the row as a number.
     *
     * @param column from 0
     * @return finite or infinite; NaN where it is no number or there is no value
     */
    double number(int column);

    /**
     * Where the row is, for messages.
     *
     * @return for example {@code claims.csv: line 12}
     */
    String place();

    @Override
    void close();
  }
}
