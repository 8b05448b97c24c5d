package org.largevae.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {

  enum Tails {
    FOLDED,
    AS_IN_PAPER
  }

  @Test
  void readsEveryType() {
    Settings settings =
        settings(
            """
            count = 7
            whole = 40.0
            quoted = "8"
            seed = 9007199254740993
            rate = 5e-4
            negative = -2.5
            on = true
            name = vampprior
            tails = as-in-paper
            hidden = [300, 100]
            none = []
            split = [0.8, 1]
            """);

    assertThat(settings.longInteger("count")).isEqualTo(7);
    assertThat(settings.longInteger("whole")).isEqualTo(40);
    assertThat(settings.longInteger("quoted")).isEqualTo(8);
    assertThat(settings.longInteger("seed")).isEqualTo(9007199254740993L);
    assertThat(settings.number("rate")).isEqualTo(5e-4);
    assertThat(settings.number("negative")).isEqualTo(-2.5);
    assertThat(settings.flag("on")).isTrue();
    assertThat(settings.text("name")).isEqualTo("vampprior");
    assertThat(settings.choice("tails", Tails.class)).isEqualTo(Tails.AS_IN_PAPER);
    assertThat(settings.integers("hidden")).containsExactly(300, 100);
    assertThat(settings.integers("none")).isEmpty();
    assertThat(settings.numbers("split")).containsExactly(0.8, 1.0);
  }

  @Test
  void aSectionKnowsItsWholePath() {
    Settings model = new Settings(parse("prior { type = vampprior }"), "model");

    Settings prior = model.section("prior");

    assertThat(prior.text("type")).isEqualTo("vampprior");
    assertThat(prior.fullKey("type")).isEqualTo("model.prior.type");
    assertThat(prior.config().root().keySet()).containsExactly("type");
    assertThat(new Settings(parse("a = 1"), "").fullKey("a")).isEqualTo("a");
  }

  @Test
  void numbersInAListOfTextsAreTexts() {
    assertThat(settings("k = [label, 3]").texts("k")).containsExactly("label", "3");
    assertThat(settings("k = []").texts("k")).isEmpty();
  }

  @Test
  void aKeyWithoutValueIsAbsent() {
    Settings settings = settings("given = 1, empty = null");

    assertThat(settings.has("given")).isTrue();
    assertThat(settings.has("empty")).isFalse();
    assertThat(settings.has("unknown")).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aFaultNamesKeyValueRuleAndPlace(
      String content, Function<Settings, Object> getter, String message) {
    // the fault stands on the second line
    Settings settings = settings("other = 1\n" + content);

    assertThatThrownBy(() -> getter.apply(settings))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("model.prior." + message);
  }

  static Stream<Arguments> faults() {
    String place = " (from experiment.conf: 2)";
    return Stream.of(
        fault("k = 1.5", s -> s.longInteger("k"), "k = 1.5: must be a whole number" + place),
        fault("k = many", s -> s.longInteger("k"), "k = \"many\": must be a whole number" + place),
        fault("k = [1]", s -> s.longInteger("k"), "k = [1]: must be a whole number" + place),
        fault(
            "k = 1e30",
            s -> s.longInteger("k"),
            "k = 1.0E30: must be a whole number of 64 bits" + place),
        fault("k = true", s -> s.number("k"), "k = true: must be a number" + place),
        fault("k = one", s -> s.texts("k"), "k = \"one\": must be a list of texts" + place),
        fault("k = [[1]]", s -> s.texts("k"), "k = [[1]]: must be a list of texts" + place),
        fault("k = \"NaN\"", s -> s.number("k"), "k = \"NaN\": must be finite" + place),
        fault("k = maybe", s -> s.flag("k"), "k = \"maybe\": must be true or false" + place),
        fault("k = \" \"", s -> s.text("k"), "k = \" \": must not be blank" + place),
        fault("k { a = 1 }", s -> s.text("k"), "k = {...}: must be a text" + place),
        fault("k = 1", s -> s.section("k"), "k = 1: must be a section" + place),
        fault(
            "k = [3, a]",
            s -> s.integers("k"),
            "k = [3, a]: must be a list of whole numbers" + place),
        fault(
            "k = [3, 1.5]",
            s -> s.integers("k"),
            "k = [3, 1.5]: must be a list of whole numbers" + place),
        fault("k = 300", s -> s.integers("k"), "k = 300: must be a list of whole numbers" + place),
        fault("k = [1, x]", s -> s.numbers("k"), "k = [1, x]: must be a list of numbers" + place),
        fault(
            "k = [1, \"Infinity\"]",
            s -> s.numbers("k"),
            "k = [1, Infinity]: each must be finite" + place));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void aBadChoiceListsWhatThereIsAndTheNearest(String written, String suggestion) {
    Settings settings = settings("tails = " + written);

    assertThatThrownBy(() -> settings.choice("tails", Tails.class))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            String.format(
                    Locale.ROOT,
                    "model.prior.tails = \"%s\": must be one of folded, as-in-paper%s",
                    written,
                    suggestion)
                + " (from experiment.conf: 1)");
  }

  static Stream<Arguments> choices() {
    return Stream.of(
        Arguments.of("fold", "; did you mean folded?"),
        Arguments.of("FOLDED", "; did you mean folded?"),
        Arguments.of("as_in_paper", "; did you mean as-in-paper?"),
        Arguments.of("logistic", ""));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aMissingKeySaysWhatItMustBe(Function<Settings, Object> getter, String kind) {
    assertThatThrownBy(() -> getter.apply(settings("other = 1")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("model.prior.k: is missing; it must be " + kind)
        .hasMessageContaining("experiment.conf");
    assertThatThrownBy(() -> getter.apply(settings("k = null")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("model.prior.k: is missing; it must be " + kind);
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        kind(s -> s.longInteger("k"), "a whole number"),
        kind(s -> s.number("k"), "a number"),
        kind(s -> s.flag("k"), "true or false"),
        kind(s -> s.text("k"), "a text"),
        kind(s -> s.choice("k", Tails.class), "a text"),
        kind(s -> s.integers("k"), "a list of whole numbers"),
        kind(s -> s.numbers("k"), "a list of numbers"),
        kind(s -> s.section("k"), "a section"));
  }

  @Test
  void aFaultOfADefaultNamesTheDefaultsAsItsPlace() {
    Config defaults =
        ConfigFactory.parseString(
            "k = a", ConfigParseOptions.defaults().setOriginDescription("defaults of vampprior"));
    Settings settings = new Settings(parse("a = 1").withFallback(defaults), "model.prior");

    assertThatThrownBy(() -> settings.number("k"))
        .hasMessage("model.prior.k = \"a\": must be a number (from defaults of vampprior: 1)");
  }

  @Test
  void aComponentMayReportItsOwnRule() {
    assertThat(settings("k = 3").fault("k", "must be even"))
        .hasMessage("model.prior.k = 3: must be even (from experiment.conf: 1)");
    assertThat(settings("a = 1").fault("k", "must be given"))
        .hasMessage("model.prior.k: must be given");
  }

  private static Arguments fault(
      String content, Function<Settings, Object> getter, String message) {
    return Arguments.of(content, getter, message);
  }

  private static Arguments kind(Function<Settings, Object> getter, String kind) {
    return Arguments.of(getter, kind);
  }

  private static Settings settings(String content) {
    return new Settings(parse(content), "model.prior");
  }

  private static Config parse(String content) {
    return ConfigFactory.parseString(
        content, ConfigParseOptions.defaults().setOriginDescription("experiment.conf"));
  }
}
