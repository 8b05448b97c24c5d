package org.largevae.runner.cli;

import java.util.Locale;
import java.util.regex.Pattern;

/** Text that comes from files and plugins, made safe for a terminal. */
final class TerminalText {
  /** Control characters, which can steer a terminal, and those that turn a text's direction. */
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069&&[^\\t]]");

  private TerminalText() {}

  /**
   * One line.
   *
   * @param text any text
   * @return the same with every character that cannot be seen as {@code \\uXXXX}
   */
  static String line(String text) {
    return UNSEEN
        .matcher(text)
        .replaceAll(
            found -> String.format(Locale.ROOT, "\\\\u%04X", (int) found.group().charAt(0)));
  }
}
