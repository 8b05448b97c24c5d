package org.largevae.runner.report;

import java.util.Locale;

/** Numbers for plain text: as many decimals as asked for, an exponent where these will not do. */
public final class FixedDecimals {
  private static final double LARGE = 1e7;

  private FixedDecimals() {}

  /**
   * Writes a number.
   *
   * @param value any number, or none
   * @param decimals how many digits follow the point
   * @return for example {@code 90.500}; {@code 1.500e+18} for what would be too long to read or
   *     only zeros, {@code -} for null
   */
  public static String of(Double value, int decimals) {
    if (value == null) {
      return "-";
    }
    double size = Math.abs(value);
    boolean onlyZeros = size > 0 && size < 0.5 * Math.pow(10, -decimals);
    boolean exponent = Double.isFinite(value) && (isLarge(value) || onlyZeros);
    return String.format(Locale.ROOT, "%." + decimals + (exponent ? "e" : "f"), value);
  }

  /** Whether all digits of a finite number would be too long to read. */
  static boolean isLarge(double value) {
    return Double.isFinite(value) && Math.abs(value) >= LARGE;
  }
}
