package org.largevae.datasets.format;

import java.util.regex.Pattern;

/** Texts from a file as they may stand in a message: short, in one line. */
public final class Shown {
  private static final int LONGEST = 60;

  /** Control characters of ASCII and beyond, format and half characters, separators of lines. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private Shown() {}

  /**
   * A text for a message.
   *
   * @param text as the file has it
   * @return at most 60 characters, a question mark for each that cannot be printed
   */
  public static String of(String text) {
    String clipped = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    return UNPRINTABLE.matcher(clipped).replaceAll("?");
  }
}
