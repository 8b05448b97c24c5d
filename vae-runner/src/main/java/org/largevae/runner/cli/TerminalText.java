package org.largevae.runner.cli;

import java.util.Locale;
import java.util.regex.Pattern;

/** Text that comes from files and plugins, made safe for a terminal. */
final class TerminalText {
  /** Control characters, which can steer a terminal, and those that change a text's direction. */
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069&&[^\\t]]");

  private TerminalText() {}

  /**
   * Makes a text safe and puts it on one line.
   *
   * @param text any text
   * @return the same with every invisible character as {@code \\uXXXX}
   */
  static String line(String text) {
    return UNSEEN
        .matcher(text)
        .replaceAll(
            found -> String.format(Locale.ROOT, "\\\\u%04X", (int) found.group().charAt(0)));
  }
}
