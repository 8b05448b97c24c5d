package org.largevae.datasets.format;

import java.util.regex.Pattern;

/** Numbers as a table's fields hold them. */
public final class CsvNumber {
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("[+-]?(\\d{1,3}(\\.\\d{3})+|\\d+),\\d+([eE][+-]?\\d+)?");

  private CsvNumber() {}

  /**
   * Reads a number in decimal notation. What {@link Double#parseDouble} takes besides, NaN,
   * hexadecimal and a type's letter, is none.
   *
   * @param field the text; blanks around it do not count
   * @param decimal what stands before its decimals
   * @return the number, infinite if it is too large for a double; NaN if the field is no number
   */
  public static double parse(String field, CsvFormat.Decimal decimal) {
    String text = field.strip();
    char mark = decimal == CsvFormat.Decimal.POINT ? '.' : ',';
    boolean digit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isDigit = c >= '0' && c <= '9';
      digit |= isDigit;
      if (!isDigit && c != mark && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return Double.NaN;
      }
    }
    if (!digit) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(mark == '.' ? text : text.replace(mark, '.'));
    } catch (NumberFormatException notANumber) {
      return Double.NaN;
    }
  }

  /** Whether a field is a number. */
  static boolean isNumber(String field, CsvFormat.Decimal decimal) {
    return !Double.isNaN(parse(field, decimal));
  }

  /** Whether a field looks like a number whose decimals stand behind a comma. */
  static boolean hasDecimalComma(String field) {
    return DECIMAL_COMMA.matcher(field.strip()).matches();
  }
}
