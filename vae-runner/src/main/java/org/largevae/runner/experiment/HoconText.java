package org.largevae.runner.experiment;

import java.util.regex.Pattern;
import org.largevae.api.config.ConfigurationException;

/**
 * Looks over a text of HOCON before it is parsed. The library's parser goes down once for each
 * bracket and each dot of a key, and its work grows with more than the square of what is joined to
 * one value: some kilobytes could overflow the stack or take minutes.
 */
final class HoconText {
  private static final int LONGEST_TEXT = 1 << 20;
  private static final int MOST_JOINED = 50;
  private static final Pattern JOINED = Pattern.compile("\\+=|[}\\]][ \\t]*[{\\[]");

  private final String text;
  private final String source;
  private int at;
  private int open;
  private int dots;
  private int length;

  private HoconText(String text, String source) {
    this.text = text;
    this.source = source;
  }

  /**
   * Refuses what would take the parser too long or too deep.
   *
   * @param text HOCON
   * @param source where it is from
   * @throws ConfigurationException if it is no text that anybody would write
   */
  static void check(String text, String source) {
    if (text.length() > LONGEST_TEXT) {
      throw new ConfigurationException(
          source + ": is longer than a configuration can be, " + LONGEST_TEXT + " characters");
    }
    if (JOINED.matcher(text).results().limit(MOST_JOINED + 1L).count() > MOST_JOINED) {
      throw new ConfigurationException(
          source
              + ": joins lists or sections more than "
              + MOST_JOINED
              + " times, with += or one behind the other; write them out");
    }
    new HoconText(text, source).scan();
  }

  /** Outside of quotes and comments; a quote or comment ends with its line at the latest. */
  private void scan() {
    for (at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        skipQuoted();
        length++;
      } else if (c == '#' || text.startsWith("//", at)) {
        skipTo('\n');
        endWord();
      } else {
        count(c);
      }
    }
  }

  private void count(char c) {
    switch (c) {
      case '{', '[' -> {
        open++;
        endWord();
      }
      case '}', ']' -> {
        open = Math.max(0, open - 1);
        endWord();
      }
      case '=', ':', ',', '\n' -> endWord();
      case ' ', '\t' -> {}
      case '.' -> {
        dots++;
        length++;
      }
      default -> length++;
    }
    if (open > HoconLimits.DEEPEST || dots > HoconLimits.DEEPEST) {
      throw HoconLimits.tooDeep(source);
    }
    if (length > HoconLimits.LONGEST_VALUE) {
      throw new ConfigurationException(
          source + ": has a value longer than " + HoconLimits.LONGEST_VALUE + " characters");
    }
  }

  private void endWord() {
    dots = 0;
    length = 0;
  }

  private void skipQuoted() {
    at++;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
  }

  private void skipTo(char end) {
    int found = text.indexOf(end, at);
    at = found < 0 ? text.length() : found;
  }
}
