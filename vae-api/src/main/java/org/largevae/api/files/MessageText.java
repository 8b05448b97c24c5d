package org.largevae.api.files;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.largevae.api.Internal;

/** Texts from a file as they may stand in a message: short, in one line. */
@Internal
public final class MessageText {
  private static final int LONGEST = 60;
  private static final int MOST = 20;

  /** Control characters of ASCII and beyond, format and half characters, separators of lines. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private MessageText() {}

  /**
   * A text for a message.
   *
   * @param text as the file has it
   * @return at most 60 characters, a question mark for each that cannot be printed
   */
  public static String of(String text) {
    return of(text, LONGEST);
  }

  /**
   * Texts for a message.
   *
   * @param texts as the file has them
   * @return the first 20, separated by commas
   */
  public static String of(List<String> texts) {
    return texts.stream().limit(MOST).map(MessageText::of).collect(Collectors.joining(", "))
        + (texts.size() > MOST ? ", ..." : "");
  }

  /**
   * A whole message, made one line.
   *
   * @param text the message
   * @return the same with a question mark for each character that cannot be printed
   */
  public static String line(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }

  static String of(String text, int longest) {
    String clipped = text.length() <= longest ? text : text.substring(0, longest) + "...";
    return line(clipped);
  }
}
