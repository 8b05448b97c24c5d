package org.largevae.testing.corruption;

import java.util.Locale;

/**
 * What came of reading damaged files.
 *
 * @param format the format's name
 * @param inputs how many were read
 * @param refused how many gave an error
 * @param read how many gave data, which were found right
 * @param mostMilliseconds the longest that one input took
 * @param mostKibibytes the most memory that one input allocated on the reader's thread
 */
public record Outcomes(
    String format, int inputs, int refused, int read, long mostMilliseconds, long mostKibibytes) {

  /** A row of a Markdown table: format, inputs, refused, read, longest, most allocated. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %,d | %,d | %,d ms | %,d KiB |",
        format,
        inputs,
        refused,
        read,
        mostMilliseconds,
        mostKibibytes);
  }
}
