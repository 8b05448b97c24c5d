package org.largevae.runner.experiment;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.largevae.api.config.ConfigurationException;

/**
 * Looks over a text of HOCON before it is parsed. The library's parser goes down once for each
 * bracket and each dot of a key, and its work grows with more than the square of what is joined to
 * one value or merged into one section: some kilobytes could overflow the stack or take minutes.
 */
final class HoconText {
  private static final int LONGEST_TEXT = 1 << 18;

  /** In quotes; with escapes it may well be longer than its value. */
  private static final int LONGEST_QUOTED = 10 * HoconLimits.LONGEST_VALUE;

  private static final int MOST_JOINED = 50;
  private static final int MOST_SETTINGS_OF_A_KEY = 200;
  private static final Pattern JOINED =
      Pattern.compile("\\+=|[}\\]][\\s\\p{Z}\\uFEFF\\x1C-\\x1F&&[^\\n]]*[{\\[]");
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final String TRIPLE = "\"\"\"";

  private final String text;
  private final String source;
  private final StringBuilder word = new StringBuilder();

  /** How often each key was set in each section that is open, outermost last. */
  private final Deque<Map<String, Integer>> sections = new ArrayDeque<>();

  private int at;
  private int dots;
  private int length;
  private int substitutions;

  /** The last word of the lines above, which the library joins to a brace or sign in this one. */
  private String above = "";

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
      throw fault(source, "is longer than a configuration can be, %d characters", LONGEST_TEXT);
    }
    if (JOINED.matcher(text).results().limit(MOST_JOINED + 1L).count() > MOST_JOINED) {
      throw joined(source, "lists or sections", ", with += or one behind the other");
    }
    new HoconText(text, source).scan();
  }

  /** Outside of quotes and comments; a quote or comment ends with its line at the latest. */
  private void scan() {
    sections.push(new HashMap<>());
    endWord();
    for (at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        takeQuoted();
      } else if (c == '#' || text.startsWith("//", at)) {
        skipTo('\n');
        endLine();
      } else {
        count(c);
      }
    }
  }

  private void count(char c) {
    switch (c) {
      case '{' -> {
        boolean substitution = !word.isEmpty() && word.charAt(word.length() - 1) == '$';
        substitutions += substitution ? 1 : 0;
        open(!substitution);
      }
      case '[' -> open(true);
      case '}', ']' -> {
        if (sections.size() > 1) {
          sections.pop();
        }
        // what follows may be joined to a substitution
        endKey();
        above = "";
      }
      case '=', ':' -> {
        countKey();
        endWord();
      }
      case ',' -> {
        endWord();
        above = "";
      }
      case '\n' -> endLine();
      case '.' -> {
        dots++;
        add(c);
      }
      default -> {
        if (!Character.isWhitespace(c) && !Character.isSpaceChar(c) && c != BYTE_ORDER_MARK) {
          add(c);
        }
      }
    }
    if (sections.size() > HoconLimits.DEEPEST + 1 || dots > HoconLimits.DEEPEST) {
      throw HoconLimits.tooDeep(source);
    }
    if (length > HoconLimits.LONGEST_VALUE) {
      throw fault(source, "has a value longer than %d characters", HoconLimits.LONGEST_VALUE);
    }
    if (substitutions > MOST_JOINED) {
      throw joined(source, "substitutions", " in one value");
    }
  }

  private void add(char c) {
    word.append(c);
    length++;
  }

  private void open(boolean newWord) {
    if (newWord) {
      countKey();
      endWord();
    } else {
      endKey();
    }
    sections.push(new HashMap<>());
  }

  private void countKey() {
    String key = key();
    above = "";
    if (!key.isEmpty()
        && sections.peek().merge(firstPart(key), 1, Integer::sum) > MOST_SETTINGS_OF_A_KEY) {
      throw fault(
          source, "sets a key more than %d times; write it as one section", MOST_SETTINGS_OF_A_KEY);
    }
  }

  private String key() {
    return word.isEmpty() ? above : word.toString();
  }

  /** What a key names in the open section, however it is quoted. */
  private static String firstPart(String key) {
    try {
      return ConfigUtil.splitPath(key).get(0);
    } catch (ConfigException noPath) {
      return key;
    }
  }

  private void endLine() {
    above = key();
    endWord();
  }

  private void endWord() {
    endKey();
    length = 0;
    substitutions = 0;
  }

  private void endKey() {
    word.setLength(0);
    dots = 0;
  }

  /** Leaves off at the last quote. */
  private void takeQuoted() {
    int start = at;
    if (text.startsWith(TRIPLE, at)) {
      int end = text.indexOf(TRIPLE, at + TRIPLE.length());
      at = end < 0 ? text.length() : end + TRIPLE.length() - 1;
      // further quotes belong to the string
      while (at + 1 < text.length() && text.charAt(at + 1) == '"') {
        at++;
      }
    } else {
      skipQuoted();
    }
    if (at - start > LONGEST_QUOTED) {
      throw fault(source, "has a value longer than %d characters", HoconLimits.LONGEST_VALUE);
    }
    word.append(text, start, Math.min(at + 1, text.length()));
    length++;
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

  private static ConfigurationException joined(String source, String what, String how) {
    return fault(
        source, "joins " + what + " more than %d times%s; write them out", MOST_JOINED, how);
  }

  private static ConfigurationException fault(String source, String rule, Object... values) {
    return new ConfigurationException(source + ": " + String.format(Locale.ROOT, rule, values));
  }
}
