package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.largevae.api.component.Provider;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.Settings;
import org.largevae.api.config.SettingsSchema;

/**
 * What holds for the provider of every kind of component: its name, its registration, its settings.
 * Extend the contract of a kind, not this class.
 *
 * @param <P> the kind of provider
 */
@ExtendWith(SkipReport.class)
public abstract class ProviderContract<P extends Provider<?>> {
  private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  /** Only the contracts of the kinds extend this. */
  ProviderContract() {}

  /**
   * The provider under test.
   *
   * @return a new one
   */
  protected abstract P provider();

  /**
   * Configuration to test with, laid over the defaults: the settings that have none, and small
   * sizes where the defaults would make the tests slow.
   *
   * @return HOCON text, for example {@code components = 3}; empty for the defaults
   */
  protected String configuration() {
    return "";
  }

  /**
   * Configurations that must be refused. Values of a wrong type and out of the bounds of their
   * {@code @Setting} are tested without being listed; list those that break a rule of the settings
   * record's own, or that the sizes of the model forbid.
   *
   * @return HOCON texts, for example {@code log-variance-min = 3}
   */
  protected List<String> badConfigurations() {
    return List.of();
  }

  /**
   * Whether {@link ServiceLoader} should find the provider.
   *
   * @return false for a component that is only used from Java
   */
  protected boolean isRegistered() {
    return true;
  }

  /** What ServiceLoader is asked for. */
  abstract Class<?> service();

  /** Where the configuration of such a component stands, for example {@code model.prior}. */
  abstract String section();

  /** Reads the settings and makes what they describe. */
  abstract Object make(P provider, Settings settings);

  @Test
  final void nameIsLowerCaseWordsJoinedByHyphens() {
    String name = provider().name();

    assertThat(name)
        .withFailMessage(
            "name() is \"%s\": make it lower-case words joined by hyphens, such as"
                + " \"gaussian-mixture\"; it is what users write in a configuration",
            name)
        .matches(NAME);
  }

  @Test
  final void descriptionIsOneLineWithoutAFullStop() {
    String description = provider().description();

    assertThat(description.matches("\\S(.*[^.\\s])?"))
        .withFailMessage(
            "description() is \"%s\": make it one line, not blank and without a full stop; it is"
                + " shown in lists",
            description)
        .isTrue();
  }

  @Test
  final void serviceLoaderFindsTheProvider() {
    assumeTrue(isRegistered(), "isRegistered() is false");
    String wanted = provider().getClass().getName();
    String advice =
        "the file META-INF/services/"
            + service().getName()
            + " (in Maven under src/main/resources) needs the line \""
            + wanted
            + "\", and the class must be public with a public constructor without arguments";
    List<String> found;
    try {
      found =
          ServiceLoader.load(service()).stream().map(p -> p.get().getClass().getName()).toList();
    } catch (ServiceConfigurationError failure) {
      throw new AssertionError("ServiceLoader fails: " + failure.getMessage() + "; " + advice);
    }

    assertThat(found)
        .withFailMessage("ServiceLoader does not find the provider; it found %s: %s", found, advice)
        .contains(wanted);
  }

  @Test
  final void theSettingsRecordIsSound() {
    checkSchema();
  }

  private void checkSchema() {
    SettingsChecks.sound(schema());
  }

  private SettingsSchema<?> schema() {
    try {
      return provider().settings();
    } catch (IllegalArgumentException refused) {
      throw new AssertionError(
          "the settings record is none: " + refused.getMessage() + " (see Setting)", refused);
    }
  }

  @Test
  final void theConfigurationIsAccepted() {
    checkAccepted();
  }

  private void checkAccepted() {
    Preconditions.require("theSettingsRecordIsSound", this::checkSchema);
    P provider = provider();
    Config written = written(configuration());
    SettingsChecks.known(schema(), written);
    SettingsChecks.requiredAreGiven(schema(), written);
    tryMake(provider, merged(provider))
        .ifPresent(
            failure -> {
              throw new AssertionError(
                  "the defaults with configuration() are refused: " + failure.getMessage(),
                  failure);
            });
  }

  @Test
  final void valuesOfAWrongTypeAreConfigurationErrors() {
    requireAccepted();
    P provider = provider();
    SettingsChecks.wrongValues(schema())
        .forEach(
            (key, wrong) -> {
              Config config =
                  ConfigFactory.empty()
                      .withValue(key, ConfigValueFactory.fromAnyRef(wrong, "contract"))
                      .withFallback(merged(provider));
              boolean section = wrong instanceof String;
              checkRefused(
                  provider, config, Set.of(key), key + " = " + (section ? wrong : "{...}"));
            });
  }

  @Test
  final void badConfigurationsAreConfigurationErrors() {
    assumeFalse(badConfigurations().isEmpty(), "badConfigurations() is empty");
    requireAccepted();
    P provider = provider();

    for (String text : badConfigurations()) {
      Config bad = written(text);
      Set<String> keys = new TreeSet<>();
      bad.entrySet().forEach(entry -> keys.add(entry.getKey()));
      checkRefused(provider, bad.withFallback(merged(provider)), keys, text.strip());
    }
  }

  /** A rule between two keys may name either. */
  private void checkRefused(P provider, Config config, Set<String> keys, String shown) {
    List<String> full = keys.stream().map(key -> section() + "." + key).toList();
    Optional<RuntimeException> failure = tryMake(provider, config);
    if (failure.isEmpty()) {
      throw new AssertionError(
          shown
              + " is accepted: give its @Setting bounds, or throw a SettingException(key, rule), in"
              + " the record's constructor or where the component is made, that says what is"
              + " allowed");
    }
    RuntimeException thrown = failure.orElseThrow();
    if (!(thrown instanceof ConfigurationException)) {
      throw new AssertionError(
          shown
              + " gives "
              + thrown
              + ": throw a SettingException(key, rule) instead, from which the user is told the"
              + " whole key and where it was written",
          thrown);
    }
    assertThat(thrown.getMessage())
        .withFailMessage(
            "%s is refused with \"%s\", which does not name the full key %s: throw a"
                + " SettingException(key, rule) with the setting's key, lower-case with hyphens",
            shown, thrown.getMessage(), String.join(" or ", full))
        .containsAnyOf(full.toArray(String[]::new));
  }

  private Optional<RuntimeException> tryMake(P provider, Config config) {
    Settings settings = new Settings(config, section());
    try {
      make(provider, settings);
      return Optional.empty();
    } catch (SettingException broken) {
      return Optional.of(settings.fault(broken.key(), broken.rule()));
    } catch (RuntimeException failure) {
      return Optional.of(failure);
    }
  }

  /** Skips the test unless the configuration under test is taken. */
  final void requireAccepted() {
    Preconditions.require("theConfigurationIsAccepted", this::checkAccepted);
  }

  /** What a component is made from. */
  final Settings settings(P provider) {
    return new Settings(merged(provider), section());
  }

  private Config merged(P provider) {
    return written(configuration())
        .withFallback(provider.settings().defaults("the defaults of " + provider.name()))
        .resolve(ConfigResolveOptions.noSystem());
  }

  private static Config written(String text) {
    return ConfigFactory.parseString(
        text, ConfigParseOptions.defaults().setOriginDescription("contract"));
  }
}
