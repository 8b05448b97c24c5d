package org.largevae.runner.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.files.FailureText;

/** Reads HOCON text. Neither other files nor the environment take part. */
public final class Hocon {
  private static final int LONGEST = 1 << 20;
  private static final int DEEPEST = 50;
  private static final Pattern UNRESOLVED = Pattern.compile("\\$\\{[^}]*}");

  private Hocon() {}

  /**
   * Parses a whole document; substitutions find the document's own keys.
   *
   * @param text HOCON
   * @param source where it is from, for messages
   * @return its tree
   * @throws ConfigurationException if it is not HOCON, includes something, has a substitution that
   *     finds no key, or unfolds to more than a configuration can be
   */
  public static ConfigObject parse(String text, String source) {
    if (text.length() > LONGEST) {
      throw new ConfigurationException(
          source + ": is longer than a configuration can be, " + LONGEST + " characters");
    }
    try {
      Config parsed = ConfigFactory.parseString(text, options(source));
      ConfigObject tree = parsed.resolve(ConfigResolveOptions.noSystem()).root();
      requireShallow(tree, 1, source);
      return tree;
    } catch (StackOverflowError tooDeep) {
      throw new ConfigurationException(
          source + ": is nested more than " + DEEPEST + " deep", tooDeep);
    } catch (ConfigException.UnresolvedSubstitution unresolved) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s%s names no key of this file; the environment is not read, so that a run can be"
                  + " repeated",
              place(unresolved, source),
              substitution(unresolved)),
          unresolved);
    } catch (ConfigException unreadable) {
      throw new ConfigurationException(
          place(unreadable, source) + "cannot be read as HOCON: " + rule(unreadable, source),
          unreadable);
    }
  }

  /**
   * What walks a tree later, the library's own hash codes among it, takes a call for each level.
   */
  private static void requireShallow(ConfigValue value, int depth, String source) {
    if (depth > DEEPEST) {
      throw new ConfigurationException(source + ": is nested more than " + DEEPEST + " deep");
    }
    if (value instanceof ConfigObject object) {
      object.values().forEach(part -> requireShallow(part, depth + 1, source));
    } else if (value instanceof ConfigList list) {
      list.forEach(part -> requireShallow(part, depth + 1, source));
    }
  }

  /**
   * Parses one value as it may be written in a list.
   *
   * @param text HOCON
   * @param source where it is from, for messages
   * @return the value; empty if the text is not exactly one
   */
  static Optional<ConfigValue> parseValue(String text, String source) {
    try {
      // within a list a comment, a comma or a line break cannot quietly cut the value short
      Config parsed = ConfigFactory.parseString("value=[" + text + "]", options(source));
      if (!parsed.isResolved() || parsed.root().size() != 1) {
        return Optional.empty();
      }
      ConfigList values = parsed.getList("value");
      return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    } catch (ConfigException | ConfigurationException | StackOverflowError notHocon) {
      return Optional.empty();
    }
  }

  /**
   * Gives a tree, and all that is in it, one origin.
   *
   * @param object the tree
   * @param source the origin's description
   * @return the same values
   */
  static ConfigObject relabel(ConfigObject object, String source) {
    return (ConfigObject) relabel((ConfigValue) object, source);
  }

  private static ConfigValue relabel(ConfigValue value, String source) {
    ConfigOrigin origin = ConfigOriginFactory.newSimple(source);
    if (value instanceof ConfigObject object) {
      Map<String, ConfigValue> parts = new LinkedHashMap<>();
      object.forEach((key, part) -> parts.put(key, relabel(part, source)));
      return ConfigValueFactory.fromMap(parts).withOrigin(origin);
    }
    if (value instanceof ConfigList list) {
      return ConfigValueFactory.fromIterable(
              list.stream().map(part -> relabel(part, source)).toList())
          .withOrigin(origin);
    }
    return value.withOrigin(origin);
  }

  private static ConfigParseOptions options(String source) {
    return ConfigParseOptions.defaults()
        .setSyntax(ConfigSyntax.CONF)
        .setOriginDescription(source)
        .setIncluder(new NoIncludes(source));
  }

  private static String place(ConfigException fault, String source) {
    Matcher lines =
        Pattern.compile("^" + Pattern.quote(source) + ": \\d+(-\\d+)?: ")
            .matcher(fault.getMessage());
    return lines.find() ? lines.group() : source + ": ";
  }

  private static String rule(ConfigException fault, String source) {
    String message = fault.getMessage();
    String place = place(fault, source);
    String rule = message.startsWith(place) ? message.substring(place.length()) : message;
    // Typesafe Config's advice is about other kinds of files and key quoting
    String plain =
        rule.replaceFirst(" \\((if )?you (can|want|intended).*", "")
            // and where it misses a key or a brace it speaks of parentheses
            .replace(
                "expecting a close parentheses ')' here", "expecting a key or a closing brace");
    return FailureText.shown(plain, "it is damaged");
  }

  private static String substitution(ConfigException.UnresolvedSubstitution fault) {
    Matcher matcher = UNRESOLVED.matcher(fault.getMessage());
    return matcher.find() ? FailureText.shown(matcher.group(), "") : "a substitution";
  }
}
