package org.largevae.api.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a settings record says of its settings: keys, defaults, bounds and meanings. The record is
 * read from a configuration by it, and a record made in Java is checked by it.
 *
 * @param <S> the record, each of whose components carries {@link Setting}
 */
public final class SettingsSchema<S extends Record> {
  private final Class<S> type;
  private final List<SettingKey> keys;

  private SettingsSchema(Class<S> type, List<SettingKey> keys) {
    this.type = type;
    this.keys = keys;
  }

  /**
   * The schema of a record.
   *
   * @param type the record's class
   * @param <S> the record
   * @return its schema
   * @throws IllegalArgumentException if a component carries no {@link Setting}, is of a type that a
   *     setting cannot have, or has a default that breaks its own bounds
   */
  public static <S extends Record> SettingsSchema<S> of(Class<S> type) {
    List<SettingKey> keys = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      keys.add(SettingKey.of(type, component));
    }
    return new SettingsSchema<>(type, List.copyOf(keys));
  }

  /**
   * Checks a record made in Java, and the sections in it, against their own bounds.
   *
   * @param settings the record
   * @param <S> the record
   * @return the same record
   * @throws IllegalArgumentException if a value is out of bounds; the message has its key, the
   *     value and the rule
   */
  public static <S extends Record> S check(S settings) {
    @SuppressWarnings("unchecked") // the class of an S is a Class<S>: records cannot be extended
    SettingsSchema<S> schema = (SettingsSchema<S>) of(settings.getClass());
    for (SettingKey key : schema.keys) {
      Object value = key.valueOf(settings);
      if (value instanceof Record section) {
        check(section);
      }
      key.brokenRule(value)
          .ifPresent(
              rule -> {
                throw new IllegalArgumentException(key.key() + " = " + value + ": " + rule);
              });
    }
    return settings;
  }

  /**
   * The settings in the order of the record.
   *
   * @return one for each component
   */
  public List<SettingKey> keys() {
    return keys;
  }

  /**
   * The defaults as configuration. A setting without a default is null.
   *
   * @param description says where they come from, for messages, for example {@code the defaults of
   *     vampprior}
   * @return all keys, those of sections below them
   */
  public Config defaults(String description) {
    Config all = ConfigFactory.empty(description);
    for (SettingKey key : keys) {
      all = key.defaults(description).withFallback(all);
    }
    return all;
  }

  /**
   * The record with every default.
   *
   * @return the record
   * @throws ConfigurationException if a setting has no default
   */
  public S defaultValues() {
    return read(new Settings(defaults("the defaults"), ""));
  }

  /**
   * Reads the record.
   *
   * @param settings the section, with the defaults merged in
   * @return the record
   * @throws ConfigurationException if values are missing, of another type or out of bounds; one
   *     line for each
   */
  public S read(Settings settings) {
    Object[] values = new Object[keys.size()];
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = keys.get(i).read(settings);
      } catch (ConfigurationException fault) {
        faults.add(fault.getMessage());
      }
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationException(String.join("\n", faults));
    }
    return create(values, settings);
  }

  /**
   * The values of a record by their keys, as a configuration would hold them.
   *
   * @param settings the record
   * @return numbers, truth values, texts, lists, and maps for sections; empty optionals are left
   *     out
   */
  public Map<String, Object> values(S settings) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (SettingKey key : keys) {
      Object value = key.valueOf(settings);
      Object plain = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      if (plain instanceof Record section) {
        values.put(key.key(), valuesOf(section));
      } else if (plain instanceof Enum<?> constant) {
        values.put(key.key(), Settings.spelling(constant));
      } else if (plain != null) {
        values.put(key.key(), plain);
      }
    }
    return values;
  }

  /**
   * The values of any settings record.
   *
   * @param settings the record
   * @param <S> the record
   * @return as {@link #values}
   */
  public static <S extends Record> Map<String, Object> valuesOf(S settings) {
    @SuppressWarnings("unchecked") // as above
    SettingsSchema<S> schema = (SettingsSchema<S>) of(settings.getClass());
    return schema.values(settings);
  }

  private S create(Object[] values, Settings settings) {
    try {
      Constructor<S> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof SettingException broken) {
        throw settings.fault(broken.key(), broken.rule());
      }
      if (refused.getCause() instanceof IllegalArgumentException broken) {
        throw new ConfigurationException(settings.fullKey("") + ": " + broken.getMessage(), broken);
      }
      throw new IllegalStateException(type.getName() + " cannot be made", refused.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(type.getName() + " cannot be made", impossible);
    }
  }

  /** A text of a configuration as a value with an origin. */
  static ConfigValue parse(String text, String description) {
    ConfigValue parsed = ConfigFactory.parseString("value = " + text).getValue("value");
    return ConfigValueFactory.fromAnyRef(parsed.unwrapped(), description);
  }
}
