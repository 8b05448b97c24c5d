package org.largevae.runner.cli;

import java.util.Locale;

/** Lengths of time as people read them. */
final class Durations {

  private Durations() {}

  /**
   * Formats a length of time in its two largest units.
   *
   * @param seconds at least 0
   * @return for example {@code 1 h 03 min}, {@code 2 min 05 s} or {@code 3.4 s}
   */
  static String of(double seconds) {
    long whole = Math.round(seconds);
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    } else if (whole < 60) {
      return whole + " s";
    } else if (whole < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }
}
