package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Provider;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;

/**
 * What holds for the provider of every kind of component: its name, its registration, its
 * configuration. Extend the contract of a kind, not this class.
 *
 * @param <P> the kind of provider
 */
public abstract class ProviderContract<P extends Provider> {
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
   * Configuration to test with, laid over the defaults: the keys whose default is null, and small
   * sizes where the defaults would make the tests slow.
   *
   * @return HOCON text, for example {@code components = 3}; empty for the defaults
   */
  protected String configuration() {
    return "";
  }

  /**
   * Configurations that must be refused. Values of a wrong type are tested without being listed;
   * list the values of the right type that are out of bounds.
   *
   * @return HOCON texts, for example {@code components = 0}
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

  abstract Class<P> kind();

  /** Where the configuration of such a component stands, for example {@code model.prior}. */
  abstract String section();

  /** The key by which a configuration names such a component; it is not in the defaults. */
  abstract String nameKey();

  /** Does whatever reads the settings. */
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

    assertThat(description != null && description.matches("\\S(.*[^.\\s])?"))
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
            + kind().getName()
            + " (in Maven under src/main/resources) needs the line \""
            + wanted
            + "\", and the class must be public with a public constructor without arguments";
    List<String> found;
    try {
      found = ServiceLoader.load(kind()).stream().map(p -> p.get().getClass().getName()).toList();
    } catch (ServiceConfigurationError failure) {
      throw new AssertionError("ServiceLoader fails: " + failure.getMessage() + "; " + advice);
    }

    assertThat(found)
        .withFailMessage("ServiceLoader does not find the provider; it found %s: %s", found, advice)
        .contains(wanted);
  }

  @Test
  final void configurationHoldsKnownKeysOnly() {
    Config defaults = provider().defaults();

    for (Map.Entry<String, ?> entry : written(configuration()).root().entrySet()) {
      assertThat(defaults.root().containsKey(entry.getKey()))
          .withFailMessage(
              "configuration() sets \"%s\", which is not in defaults(): a user who did so would be"
                  + " told that the key is unknown",
              entry.getKey())
          .isTrue();
    }
  }

  @Test
  final void defaultsHoldEveryKeyThatIsRead() {
    P provider = provider();
    RecordedConfig recorded = new RecordedConfig(merged(provider));
    Optional<RuntimeException> failure = tryMake(provider, recorded.config());

    for (String key : recorded.read()) {
      assertThat(key.equals(nameKey()) || provider.defaults().hasPathOrNull(key))
          .withFailMessage(
              "\"%s\" is read but is not in defaults(): add it with a useful value, or with null if"
                  + " the user has to give it; until then a user who sets it is told that the key"
                  + " is unknown",
              key)
          .isTrue();
    }
    failure.ifPresent(
        f -> {
          throw new AssertionError(
              "the defaults with configuration() are refused: "
                  + f.getMessage()
                  + " (configuration() must give the keys whose default is null)",
              f);
        });
  }

  @Test
  final void valuesOfAWrongTypeAreConfigurationErrors() {
    P provider = provider();
    RecordedConfig recorded = new RecordedConfig(accepted(provider));
    make(provider, new Settings(recorded.config(), section()));

    for (String key : recorded.valuesRead()) {
      Object wrong = Map.of("this-is", "not a value");
      Config config =
          merged(provider)
              .withValue(key, ConfigValueFactory.fromAnyRef(wrong, "valuesOfAWrongType"));
      checkRefused(provider, config, key, key + " = {...}");
    }
  }

  @Test
  final void badConfigurationsAreConfigurationErrors() {
    assumeFalse(badConfigurations().isEmpty(), "badConfigurations() is empty");
    P provider = provider();
    accepted(provider);

    for (String text : badConfigurations()) {
      Config bad = written(text);
      String key = bad.entrySet().iterator().next().getKey();
      checkRefused(provider, bad.withFallback(merged(provider)), key, text.strip());
    }
  }

  private void checkRefused(P provider, Config config, String key, String shown) {
    String full = section() + "." + key;
    Optional<RuntimeException> failure = tryMake(provider, config);
    if (failure.isEmpty()) {
      fail(
          "%s is accepted: throw a ConfigurationException (a getter of Settings with bounds, or"
              + " settings.fault(key, rule)) that says which values are allowed",
          shown);
    }
    RuntimeException thrown = failure.orElseThrow();
    if (!(thrown instanceof ConfigurationException)) {
      throw new AssertionError(
          shown
              + " gives "
              + thrown
              + " instead of a ConfigurationException: read values with the getters of Settings",
          thrown);
    }
    assertThat(thrown.getMessage())
        .withFailMessage(
            "%s is refused with \"%s\", which does not name the full key %s: throw"
                + " settings.fault(key, rule)",
            shown, thrown.getMessage(), full)
        .contains(full);
  }

  private Optional<RuntimeException> tryMake(P provider, Config config) {
    try {
      make(provider, new Settings(config, section()));
      return Optional.empty();
    } catch (RuntimeException failure) {
      return Optional.of(failure);
    }
  }

  /** The configuration under test, where the provider takes it. */
  private Config accepted(P provider) {
    Config config = merged(provider);
    Preconditions.require(
        "defaultsHoldEveryKeyThatIsRead", () -> make(provider, new Settings(config, section())));
    return config;
  }

  /** What a component gets. */
  final Settings settings(P provider) {
    return new Settings(merged(provider), section());
  }

  private Config merged(P provider) {
    return written(configuration())
        .withFallback(provider.defaults())
        .withValue(nameKey(), ConfigValueFactory.fromAnyRef(provider.name(), "contract"))
        .resolve(ConfigResolveOptions.noSystem());
  }

  private static Config written(String text) {
    return ConfigFactory.parseString(
        text, ConfigParseOptions.defaults().setOriginDescription("contract"));
  }
}
