package org.largevae.runner.experiment;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.files.FailureText;

/**
 * Keeps a small text from unfolding into more than a machine can hold, and its words from steering
 * a terminal.
 */
final class HoconLimits {
  /** Sections and lists within each other, and parts of a key. */
  static final int DEEPEST = 50;

  /** In characters. */
  static final int LONGEST_VALUE = 1000;

  private static final int LONGEST_UNFOLDED = 1 << 28;
  private static final int LONGEST_KEY = 200;
  private static final int MOST_VALUES = 200_000;
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{\\??([^}]*)}");

  /** Control and half characters, and those that turn the direction of a text. */
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

  private static final Pattern LINE_END_OR_TAB = Pattern.compile("\\r?\\n|\\t");

  private final String source;
  private int values;

  private HoconLimits(String source) {
    this.source = source;
  }

  /**
   * Refuses substitutions that could unfold to too much. One that names a written value adds at
   * most the text's length. One that names what holds further substitutions can double all that
   * there is so far, as in {@code b = ${a}${a}, c = ${b}${b}}.
   *
   * @param unresolved the parsed text
   * @param text the text
   * @param source where it is from
   * @throws ConfigurationException if there are too many
   */
  static void checkSubstitutions(ConfigObject unresolved, String text, String source) {
    List<List<String>> named = SUBSTITUTION.matcher(text).results().map(HoconLimits::path).toList();
    Set<List<String>> open = new HashSet<>();
    collect(unresolved, List.of(), open);
    boolean nested = named.stream().anyMatch(path -> open.stream().anyMatch(o -> meet(path, o)));
    double unfolded = text.length() * (nested ? Math.pow(2, named.size()) : 1.0 + named.size());
    if (unfolded > LONGEST_UNFOLDED) {
      throw fault(
          source,
          String.format(
              Locale.ROOT,
              "has %d substitutions%s, too many for its length; write some of the values out",
              named.size(),
              nested ? " that build on each other" : ""));
    }
  }

  /**
   * Refuses a tree that is too deep or too large, or has characters that cannot be seen.
   *
   * @param tree the resolved tree
   * @param source where it is from
   * @throws ConfigurationException if it is
   */
  static void checkTree(ConfigObject tree, String source) {
    new HoconLimits(source).check(tree, List.of());
  }

  private void check(ConfigValue value, List<String> path) {
    values++;
    if (values > MOST_VALUES) {
      throw fault(source, "has more than " + MOST_VALUES + " values");
    }
    if (path.size() > DEEPEST) {
      throw tooDeep(source);
    }
    if (value instanceof ConfigObject object) {
      for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
        checkWord(entry.getKey(), "the name of a key", LONGEST_KEY, entry.getValue());
        check(entry.getValue(), append(path, entry.getKey()));
      }
    } else if (value instanceof ConfigList list) {
      for (ConfigValue element : list) {
        check(element, append(path, ""));
      }
    } else if (value.valueType() == ConfigValueType.STRING) {
      checkWord(String.valueOf(value.unwrapped()), name(path), LONGEST_VALUE, value);
    } else if (value.unwrapped() instanceof Number number
        && !Double.isFinite(number.doubleValue())) {
      throw fault(
          value.origin().description(),
          FailureText.shown(name(path), "a value")
              + " holds a number beyond the range of floating point");
    }
  }

  private static String name(List<String> path) {
    return path.get(path.size() - 1).isEmpty() ? "a value" : String.join(".", path);
  }

  private void checkWord(String text, String where, int longest, ConfigValue value) {
    String shown = FailureText.shown(where, "a value");
    if (text.length() > longest) {
      throw fault(
          value.origin().description(), shown + " is longer than " + longest + " characters");
    }
    UNSEEN
        .matcher(longest == LONGEST_VALUE ? LINE_END_OR_TAB.matcher(text).replaceAll("") : text)
        .results()
        .findFirst()
        .ifPresent(
            found -> {
              throw fault(
                  value.origin().description(),
                  String.format(
                      Locale.ROOT,
                      "%s holds the character U+%04X, which cannot be seen; leave it out",
                      shown,
                      (int) found.group().charAt(0)));
            });
  }

  /**
   * The fault of a text whose brackets or keys go too deep.
   *
   * @param source where it is from
   * @return the fault
   */
  static ConfigurationException tooDeep(String source) {
    return fault(source, "is nested more than " + DEEPEST + " deep");
  }

  /** Notes where something is not resolved yet. */
  private static void collect(ConfigObject object, List<String> path, Set<List<String>> open) {
    try {
      for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
        List<String> full = append(path, entry.getKey());
        if (entry.getValue() instanceof ConfigObject section) {
          collect(section, full, open);
        } else if (!isResolved(entry.getValue())) {
          open.add(full);
        }
      }
    } catch (ConfigException.NotResolved notYet) {
      open.add(path);
    }
  }

  private static boolean isResolved(ConfigValue value) {
    try {
      value.unwrapped();
      return true;
    } catch (ConfigException.NotResolved notYet) {
      return false;
    }
  }

  private static List<String> path(MatchResult substitution) {
    try {
      return ConfigUtil.splitPath(substitution.group(1).strip());
    } catch (ConfigException noPath) {
      return List.of();
    }
  }

  /** Whether one of two paths leads into the other. */
  private static boolean meet(List<String> one, List<String> two) {
    int common = Math.min(one.size(), two.size());
    return one.subList(0, common).equals(two.subList(0, common));
  }

  private static List<String> append(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }

  private static ConfigurationException fault(String source, String rule) {
    return new ConfigurationException(source + ": " + rule);
  }
}
