package org.largevae.datasets.format;

/** Texts from a file as they may stand in a message: short, in one line. */
public final class Shown {
  private static final int LONGEST = 60;

  private Shown() {}

  /**
   * A text for a message.
   *
   * @param text as the file has it
   * @return at most 60 characters, a question mark for each that cannot be printed
   */
  public static String of(String text) {
    String clipped = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    return clipped.replaceAll("[\\p{Cntrl}\\x{2028}\\x{2029}\\x{85}]", "?");
  }
}
