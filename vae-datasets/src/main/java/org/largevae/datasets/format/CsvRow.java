package org.largevae.datasets.format;

import java.util.List;

/**
 * A line of a table as text.
 *
 * @param line where it begins in the file, counted from 1
 * @param fields in order, as they stand there without their quotes
 */
public record CsvRow(long line, List<String> fields) {

  /** Copies the list. */
  public CsvRow {
    fields = List.copyOf(fields);
  }
}
