package org.largevae.api.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One setting of a record: its key, what values it takes, its default and its meaning. */
public final class SettingKey {
  private final String key;
  private final RecordComponent component;
  private final Setting setting;
  private final Class<?> type;
  private final Class<?> element;

  private SettingKey(RecordComponent component, Class<?> type, Class<?> element) {
    this.key = hyphenated(component.getName());
    this.component = component;
    this.setting = component.getAnnotation(Setting.class);
    this.type = type;
    this.element = element;
  }

  static SettingKey of(Class<?> owner, RecordComponent component) {
    String where = owner.getSimpleName() + "." + component.getName();
    if (component.getAnnotation(Setting.class) == null) {
      throw new IllegalArgumentException(where + " carries no @Setting");
    }
    Type given = component.getGenericType();
    Type single = component.getType() == Optional.class ? argument(given) : given;
    Class<?> type = raw(single);
    Class<?> element = type == List.class ? raw(argument(single)) : type;
    SettingKey key = new SettingKey(component, type, element);
    if (!key.isSection() && (key.kind().isEmpty() || !key.canBeListed())) {
      throw new IllegalArgumentException(where + " is of a type that a setting cannot have");
    }
    key.checkDefault(where);
    return key;
  }

  /** What a generic type is of; void, which no setting is, where it does not say. */
  private static Type argument(Type type) {
    return type instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[0]
        : void.class;
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType generic
        ? raw(generic.getRawType())
        : type instanceof Class<?> plain ? plain : void.class;
  }

  private boolean canBeListed() {
    return type != List.class
        || List.of(Integer.class, Double.class, String.class).contains(element);
  }

  private void checkDefault(String where) {
    if (isSection() || defaultText().isEmpty()) {
      return;
    }
    try {
      read(new Settings(defaults("its @Setting"), ""));
    } catch (ConfigurationException refused) {
      throw new IllegalArgumentException(
          where + " refuses its own default: " + refused.getMessage(), refused);
    }
  }

  /**
   * The key in its section.
   *
   * @return lower-case words joined by hyphens
   */
  public String key() {
    return key;
  }

  /**
   * What the setting means.
   *
   * @return a clause without a full stop
   */
  public String meaning() {
    return setting.meaning();
  }

  /**
   * The default as it is written in a configuration.
   *
   * @return HOCON text; empty where a user has to give the setting or it may be left out
   */
  public Optional<String> defaultText() {
    return setting.value().equals(Setting.REQUIRED)
        ? Optional.empty()
        : Optional.of(setting.value());
  }

  /**
   * Whether the setting may be left out although it has no default.
   *
   * @return true for an {@code Optional}
   */
  public boolean isOptional() {
    return component.getType() == Optional.class;
  }

  /**
   * Whether the setting is a section of further settings.
   *
   * @return true for a settings record
   */
  public boolean isSection() {
    return type.isRecord();
  }

  /**
   * The settings of a section.
   *
   * @return its schema; empty for a single value
   */
  public Optional<SettingsSchema<? extends Record>> section() {
    return isSection()
        ? Optional.of(SettingsSchema.of(type.asSubclass(Record.class)))
        : Optional.empty();
  }

  /**
   * What values the setting takes, without its bounds.
   *
   * @return for example {@code a whole number}, or {@code one of normal, training-data}
   */
  public String values() {
    return isSection() ? "a section" : (type == List.class ? listKind() : kind().orElseThrow());
  }

  /**
   * The bounds of a number, or of the numbers in a list.
   *
   * @return for example {@code at least 1}; empty without bounds
   */
  public String bounds() {
    boolean least = setting.atLeast() != Double.NEGATIVE_INFINITY;
    boolean most = setting.atMost() != Double.POSITIVE_INFINITY;
    if (least && most) {
      return "between " + number(setting.atLeast()) + " and " + number(setting.atMost());
    }
    StringBuilder bounds = new StringBuilder();
    append(bounds, least, "at least ", setting.atLeast());
    append(bounds, setting.above() != Double.NEGATIVE_INFINITY, "above ", setting.above());
    append(bounds, most, "at most ", setting.atMost());
    append(bounds, setting.below() != Double.POSITIVE_INFINITY, "below ", setting.below());
    return bounds.toString();
  }

  Config defaults(String description) {
    if (isSection()) {
      return section().orElseThrow().defaults(description).atKey(key);
    }
    Object value =
        defaultText().map(text -> (Object) SettingsSchema.parse(text, description)).orElse(null);
    return ConfigFactory.empty().withValue(key, ConfigValueFactory.fromAnyRef(value, description));
  }

  Object valueOf(Record settings) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(settings);
    } catch (IllegalAccessException | InvocationTargetException impossible) {
      throw new IllegalStateException("a record's component cannot be read", impossible);
    }
  }

  Object read(Settings settings) {
    if (isOptional() && !settings.has(key)) {
      return Optional.empty();
    }
    Object value = isSection() ? readSection(settings) : readValue(settings);
    brokenRule(value)
        .ifPresent(
            rule -> {
              throw settings.fault(key, rule);
            });
    return isOptional() ? Optional.of(value) : value;
  }

  private Object readSection(Settings settings) {
    return section().orElseThrow().read(settings.section(key));
  }

  private Object readValue(Settings settings) {
    if (type == List.class) {
      return element == Integer.class
          ? settings.integers(key)
          : element == Double.class ? settings.numbers(key) : settings.texts(key);
    }
    if (type.isEnum()) {
      return choice(settings, type);
    }
    return switch (type.getSimpleName().toLowerCase(Locale.ROOT)) {
      case "int", "integer" -> integer(settings);
      case "long" -> settings.longInteger(key);
      case "double" -> settings.number(key);
      case "boolean" -> settings.flag(key);
      default -> settings.text(key);
    };
  }

  /** A bound that only the type sets is named where the setting's own leave room. */
  private int integer(Settings settings) {
    long value = settings.longInteger(key);
    if (value != (int) value) {
      String limit = value > 0 ? "at most " + Integer.MAX_VALUE : "at least " + Integer.MIN_VALUE;
      throw settings.fault(key, brokenRule(value).orElse("must be " + limit));
    }
    return (int) value;
  }

  private <E extends Enum<E>> Object choice(Settings settings, Class<?> constants) {
    @SuppressWarnings("unchecked") // isEnum() was asked
    Class<E> enumeration = (Class<E>) constants;
    return settings.choice(key, enumeration);
  }

  /** The rule that a value breaks, a clause that begins with must. */
  Optional<String> brokenRule(Object value) {
    Object given = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    if (given instanceof Collection<?> list) {
      if (list.isEmpty() && !setting.mayBeEmpty()) {
        return Optional.of("must have at least one entry");
      }
      return list.stream()
          .map(this::brokenRule)
          .flatMap(Optional::stream)
          .findFirst()
          .map(rule -> "each " + rule);
    }
    if (!(given instanceof Number number)) {
      return Optional.empty();
    }
    double x = number.doubleValue();
    if (!Double.isFinite(x)) {
      return Optional.of("must be finite");
    }
    boolean holds =
        x >= setting.atLeast()
            && x <= setting.atMost()
            && (x > setting.above() || setting.above() == Double.NEGATIVE_INFINITY)
            && (x < setting.below() || setting.below() == Double.POSITIVE_INFINITY);
    return holds ? Optional.empty() : Optional.of("must be " + bounds());
  }

  private String listKind() {
    return element == Integer.class
        ? "a list of whole numbers"
        : element == Double.class ? "a list of numbers" : "a list of texts";
  }

  private Optional<String> kind() {
    if (element.isEnum()) {
      return Optional.of(
          Arrays.stream(element.getEnumConstants())
              .map(constant -> Settings.spelling((Enum<?>) constant))
              .collect(Collectors.joining(", ", "one of ", "")));
    }
    return switch (element.getSimpleName()) {
      case "int", "long", "Integer", "Long" -> Optional.of("a whole number");
      case "double", "Double" -> Optional.of("a number");
      case "boolean", "Boolean" -> Optional.of("true or false");
      case "String" -> Optional.of("a text");
      default -> Optional.empty();
    };
  }

  private static void append(StringBuilder bounds, boolean given, String words, double bound) {
    if (given) {
      bounds.append(bounds.isEmpty() ? "" : " and ").append(words).append(number(bound));
    }
  }

  private static String number(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < 1e15
        ? String.valueOf((long) bound)
        : String.valueOf(bound);
  }

  private static String hyphenated(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** For error messages of programs: the key and what it takes. */
  @Override
  public String toString() {
    String bounds = bounds();
    return key + ": " + values() + (bounds.isEmpty() ? "" : ", " + bounds);
  }
}
