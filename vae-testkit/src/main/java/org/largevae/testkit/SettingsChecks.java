package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.config.Names;
import org.largevae.api.config.SettingKey;
import org.largevae.api.config.SettingsSchema;

/** Checks of a settings record, with messages for its author. */
final class SettingsChecks {
  private static final String KEY = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  private SettingsChecks() {}

  /** Fails unless keys can be written and every setting says what it means. */
  static void sound(SettingsSchema<?> schema) {
    for (SettingKey key : schema.keys()) {
      assertThat(key.key())
          .withFailMessage(
              "the key \"%s\" is not lower-case words joined by hyphens: name the record's component"
                  + " in camel case without underscores",
              key.key())
          .matches(KEY);
      assertThat(key.meaning().matches("\\S(.*[^.\\s])?"))
          .withFailMessage(
              "the meaning of %s is \"%s\": make it a clause on one line without a full stop; it is"
                  + " shown to people who configure the component",
              key.key(), key.meaning())
          .isTrue();
      key.section().ifPresent(SettingsChecks::sound);
    }
  }

  /** Fails unless a configuration has settings of the record only. */
  static void known(SettingsSchema<?> schema, Config written) {
    List<String> known = schema.keys().stream().map(SettingKey::key).toList();
    for (String key : written.root().keySet()) {
      assertThat(known)
          .withFailMessage(
              "configuration() sets \"%s\", which is no setting of the record: a user who did so"
                  + " would be told that the key is unknown%s",
              key, Names.question(key, known))
          .contains(key);
    }
  }

  /** Fails unless a configuration gives what has no default. */
  static void requiredAreGiven(SettingsSchema<?> schema, Config written) {
    for (SettingKey key : schema.keys()) {
      String path = ConfigUtil.joinPath(key.key());
      boolean given = written.hasPath(path);
      boolean needed = key.defaultText().isEmpty() && !key.isOptional() && !key.isSection();
      assertThat(given || !needed)
          .withFailMessage(
              "the setting \"%s\" has no default, so configuration() of this test has to give it, for"
                  + " example \"%s = ...\" with %s",
              key.key(), key.key(), key.values())
          .isTrue();
      Optional<SettingsSchema<? extends Record>> section = key.section();
      if (section.isPresent()) {
        requiredAreGiven(
            section.orElseThrow(), given ? written.getConfig(path) : ConfigFactory.empty());
      }
    }
  }

  /** For each setting, by its path, a value that is of another type. */
  static Map<String, Object> wrongValues(SettingsSchema<?> schema) {
    Map<String, Object> wrong = new LinkedHashMap<>();
    for (SettingKey key : schema.keys()) {
      if (key.isSection()) {
        wrong.put(key.key(), "not a section");
        wrongValues(key.section().orElseThrow())
            .forEach((path, value) -> wrong.put(key.key() + "." + path, value));
      } else {
        wrong.put(key.key(), Map.of("this-is", "not a value"));
      }
    }
    return wrong;
  }
}
