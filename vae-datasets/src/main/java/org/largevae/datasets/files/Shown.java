package org.largevae.datasets.files;

import java.util.regex.Pattern;
import org.largevae.api.Internal;

/** Texts from a file as they may stand in a message: short, in one line. */
@Internal
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
    return of(text, LONGEST);
  }

  static String of(String text, int longest) {
    String clipped = text.length() <= longest ? text : text.substring(0, longest) + "...";
    return UNPRINTABLE.matcher(clipped).replaceAll("?");
  }
}
