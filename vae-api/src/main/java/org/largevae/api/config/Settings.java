package org.largevae.api.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One section of a configuration, read with types and bounds. Every getter throws {@link
 * ConfigurationException} where the value is missing, of another type or out of bounds; the message
 * names the whole key, the value, the rule and the place it was written.
 */
public final class Settings {
  private static final int LONGEST_LIST = 200;
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private final Config config;
  private final String path;

  /**
   * A section.
   *
   * @param config its keys, defaults merged in
   * @param path where it stands in the whole configuration, for example {@code model.prior}; empty
   *     for the root
   */
  public Settings(Config config, String path) {
    this.config = Objects.requireNonNull(config, "config is null");
    this.path = Objects.requireNonNull(path, "path is null");
  }

  /**
   * A section within this one.
   *
   * @param key its key
   * @return the section
   */
  public Settings section(String key) {
    return new Settings(read(key, "a section", config::getConfig), fullKey(key));
  }

  /**
   * Whether a key has a value other than null.
   *
   * @param key the key
   * @return true if it can be read
   */
  public boolean has(String key) {
    return config.hasPath(key);
  }

  /**
   * A whole number of 64 bits.
   *
   * @param key the key
   * @return the value
   */
  public long longInteger(String key) {
    long value = read(key, "a whole number", config::getLong);
    require(key, isWhole(key), "must be a whole number");
    // a larger number has been cut to the largest long
    require(key, Math.abs(config.getDouble(key)) <= 0x1p63, "must be a whole number of 64 bits");
    return value;
  }

  /**
   * A finite real number.
   *
   * @param key the key
   * @return the value
   */
  public double number(String key) {
    double value = read(key, "a number", config::getDouble);
    require(key, Double.isFinite(value), "must be finite");
    return value;
  }

  /**
   * A Boolean value.
   *
   * @param key the key
   * @return the value
   */
  public boolean flag(String key) {
    return read(key, "true or false", config::getBoolean);
  }

  /**
   * A string.
   *
   * @param key the key
   * @return the value, not blank
   */
  public String text(String key) {
    String value = read(key, "a text", config::getString);
    require(key, !value.isBlank(), "must not be blank");
    return value;
  }

  /**
   * One of an enum's constants, written in lower case with hyphens.
   *
   * @param key the key
   * @param choices the enum
   * @param <E> the enum
   * @return the constant
   */
  public <E extends Enum<E>> E choice(String key, Class<E> choices) {
    String value = text(key);
    List<E> constants = Arrays.asList(choices.getEnumConstants());
    Optional<E> chosen = constants.stream().filter(c -> spelling(c).equals(value)).findFirst();
    return chosen.orElseThrow(
        () -> {
          List<String> known = constants.stream().map(Settings::spelling).toList();
          return fault(
              key, "must be one of " + String.join(", ", known) + Names.question(value, known));
        });
  }

  /**
   * A list of whole numbers.
   *
   * @param key the key
   * @return the values, perhaps none
   */
  public List<Integer> integers(String key) {
    String kind = "a list of whole numbers";
    List<Integer> values = read(key, kind, config::getIntList);
    require(key, config.getDoubleList(key).stream().allMatch(Settings::isWhole), "must be " + kind);
    return List.copyOf(values);
  }

  /**
   * A list of finite real numbers.
   *
   * @param key the key
   * @return the values, perhaps none
   */
  public List<Double> numbers(String key) {
    List<Double> values = read(key, "a list of numbers", config::getDoubleList);
    require(key, values.stream().allMatch(Double::isFinite), "each must be finite");
    return List.copyOf(values);
  }

  /**
   * A list of strings; a number in it is read as a string.
   *
   * @param key the key
   * @return the values, perhaps none
   */
  public List<String> texts(String key) {
    return List.copyOf(read(key, "a list of texts", config::getStringList));
  }

  /**
   * A fault that the component found in a value itself.
   *
   * @param key the key
   * @param rule what the value should be, for example {@code must be even}
   * @return the exception to throw
   */
  public ConfigurationException fault(String key, String rule) {
    Optional<ConfigValue> value = value(key);
    String shown = value.map(v -> " = " + printable(render(v))).orElse("");
    String place = value.map(v -> place(v.origin())).orElse("");
    return new ConfigurationException(fullKey(key) + shown + ": " + rule + place);
  }

  /**
   * A key with the sections around it.
   *
   * @param key a key of this section
   * @return for example {@code model.prior.pseudo-inputs}
   */
  public String fullKey(String key) {
    return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
  }

  /**
   * The section as plain configuration.
   *
   * @return its keys and values
   */
  public Config config() {
    return config;
  }

  private <T> T read(String key, String kind, Function<String, T> getter) {
    try {
      return getter.apply(key);
    } catch (ConfigException.Missing missing) {
      throw new ConfigurationException(
          fullKey(key) + ": is missing; it must be " + kind + place(config.origin()), missing);
    } catch (ConfigException.WrongType | ConfigException.BadValue wrong) {
      throw fault(key, "must be " + kind);
    }
  }

  private void require(String key, boolean holds, String rule) {
    if (!holds) {
      throw fault(key, rule);
    }
  }

  private boolean isWhole(String key) {
    return isWhole(config.getDouble(key));
  }

  /** Typesafe Config rounds 1.5 to 1 where a whole number is asked for; it would hide a mistake. */
  private static boolean isWhole(double value) {
    return value == Math.rint(value);
  }

  private Optional<ConfigValue> value(String key) {
    ConfigValue found = config.root();
    for (String part : ConfigUtil.splitPath(key)) {
      if (!(found instanceof com.typesafe.config.ConfigObject object)
          || !object.containsKey(part)) {
        return Optional.empty();
      }
      found = object.get(part);
    }
    return Optional.of(found).filter(v -> v.valueType() != ConfigValueType.NULL);
  }

  private static String render(ConfigValue value) {
    if (value.unwrapped() instanceof List<?> list) {
      String values =
          list.stream()
              .map(part -> part instanceof String text ? HoconText.of(text) : String.valueOf(part))
              .collect(Collectors.joining(", "));
      boolean tooLong = values.length() > LONGEST_LIST;
      return "[" + (tooLong ? values.substring(0, LONGEST_LIST) + "..." : values) + "]";
    }
    return value.valueType() == ConfigValueType.STRING
        ? "\"" + value.unwrapped() + "\""
        : value.valueType() == ConfigValueType.OBJECT ? "{...}" : String.valueOf(value.unwrapped());
  }

  /** A message is one line, and no word of a file steers the terminal that shows it. */
  private static String printable(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }

  private static String place(ConfigOrigin origin) {
    return origin == null ? "" : " (from " + origin.description() + ")";
  }

  /**
   * How a configuration writes a constant.
   *
   * @param constant of an enum
   * @return its name in lower case with hyphens
   */
  public static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
