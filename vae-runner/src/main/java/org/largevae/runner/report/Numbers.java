package org.largevae.runner.report;

import java.util.Locale;

/** Numbers as people read them: one format for each unit, the same in every locale. */
final class Numbers {

  private static final String MISSING = "n/a";

  private Numbers() {}

  /** Nats to two decimals, which is finer than most standard errors. */
  static String nats(double value) {
    return readable(value, 2);
  }

  /** Bits per dimension to four decimals: published results differ in the third. */
  static String bits(double value) {
    return readable(value, 4);
  }

  /** A mean in nats with its standard error, where there is one. */
  static String withError(double mean, Double standardError) {
    return nats(mean) + (standardError == null ? "" : " \u00b1 " + standardError(standardError));
  }

  /** A standard error to two decimals, or to two digits where that would read 0.00. */
  static String standardError(double value) {
    return value > 0 && value < 0.01 ? String.format(Locale.ROOT, "%.2g", value) : nats(value);
  }

  /** A whole number with commas between thousands. */
  static String count(long value) {
    return minus(String.format(Locale.ROOT, "%,d", value));
  }

  /** The same, or a dash for a number that is not known. */
  static String count(Integer value) {
    return value == null ? "-" : count(value.longValue());
  }

  /** A number of things, the name in the plural unless there is one. */
  static String count(long value, String singular) {
    return count(value) + " " + (value == 1 ? singular : singular + "s");
  }

  /** About three significant digits: for speeds and effective sample sizes. */
  static String rough(double value) {
    double size = Math.abs(value);
    if (size > 0 && size < 0.1) {
      return minus(String.format(Locale.ROOT, "%.2g", value));
    }
    return decimals(value, size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : 2);
  }

  /** A point on a scale, with as many decimals as distinguish it from the next, a step away. */
  static String onScale(double value, double step) {
    // log10 of 0.001 may fall a hair short of -3
    return decimals(value, (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
  }

  /** A duration in the two largest of hours, minutes and seconds. */
  static String duration(double seconds) {
    if (!Double.isFinite(seconds)) {
      return MISSING;
    }
    if (seconds < 60) {
      return rough(seconds) + " s";
    }
    long minutes = Math.round(seconds / 60);
    if (minutes < 60) {
      long whole = Math.round(seconds);
      return whole / 60 + " min " + whole % 60 + " s";
    }
    return count(minutes / 60) + " h " + minutes % 60 + " min";
  }

  /** Fixed decimals, or an exponent for what would be too long to read. */
  private static String readable(double value, int decimals) {
    return FixedDecimals.isLarge(value)
        ? minus(FixedDecimals.of(value, decimals))
        : decimals(value, decimals);
  }

  private static String decimals(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return MISSING;
    }
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
    // -0.001 would read "-0.00", a sign without a number.
    return text.matches("-0(\\.0*)?") ? text.substring(1) : minus(text);
  }

  /** The typographic minus is as wide as a digit, so that columns line up. */
  private static String minus(String text) {
    return text.replace('-', '\u2212');
  }
}
