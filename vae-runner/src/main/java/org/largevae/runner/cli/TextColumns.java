package org.largevae.runner.cli;

/** Text in columns. */
final class TextColumns {
  private static final String GAP = "  ";

  private TextColumns() {}

  /**
   * Pads a cell of a column.
   *
   * @param text its text
   * @param width the longest text's length
   * @return the text, padded with spaces, and the gap to the next column
   */
  static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length())) + GAP;
  }
}
