package org.largevae.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsSchemaTest {

  enum StartFrom {
    NORMAL,
    TRAINING_DATA
  }

  record Schedule(
      @Setting(value = "100", atLeast = 0, meaning = "epochs of the warm-up") int warmUp,
      @Setting(value = "1", above = 0, atMost = 1, meaning = "the weight at its end")
          double weight) {}

  record All(
      @Setting(value = "500", atLeast = 1, meaning = "how many pseudo-inputs") int pseudoInputs,
      @Setting(value = "9007199254740993", meaning = "the seed") long seed,
      @Setting(value = "5e-4", above = 0, below = 1, meaning = "the learning rate") double rate,
      @Setting(value = "true", meaning = "whether weights are learnt") boolean learntWeights,
      @Setting(value = "relu", meaning = "the activation") String activation,
      @Setting(value = "training-data", meaning = "the start") StartFrom startFrom,
      @Setting(value = "[300, 100]", atLeast = 1, meaning = "hidden layers") List<Integer> hidden,
      @Setting(value = "[0.8, 0.2]", atLeast = 0, atMost = 1, meaning = "parts") List<Double> parts,
      @Setting(value = "[]", mayBeEmpty = true, meaning = "columns left out") List<String> without,
      @Setting(meaning = "the spread of the start", above = 0) Optional<Double> spread,
      @Setting(meaning = "the label's column") Optional<String> label,
      @Setting(meaning = "the widths of kernels") Optional<List<Integer>> kernels,
      @Setting(meaning = "the schedule") Schedule schedule) {}

  private static final SettingsSchema<All> SCHEMA = SettingsSchema.of(All.class);

  @Test
  void everySettingHasItsDefault() {
    All defaults = SCHEMA.defaultValues();

    assertThat(defaults)
        .isEqualTo(
            new All(
                500,
                9007199254740993L,
                5e-4,
                true,
                "relu",
                StartFrom.TRAINING_DATA,
                List.of(300, 100),
                List.of(0.8, 0.2),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Schedule(100, 1)));
    assertThat(SettingsSchema.check(defaults)).isSameAs(defaults);
  }

  @Test
  void everyTypeIsReadFromAConfiguration() {
    All all =
        SCHEMA.read(
            settings(
                """
                pseudo-inputs = 7, seed = 3, rate = 0.25, learnt-weights = false
                activation = elu, start-from = normal, hidden = [5], parts = [1, 0]
                without = [a, 3], spread = 0.5, label = 7, kernels = [3, 5]
                schedule { warm-up = 0, weight = 0.5 }
                """));

    assertThat(all)
        .isEqualTo(
            new All(
                7,
                3,
                0.25,
                false,
                "elu",
                StartFrom.NORMAL,
                List.of(5),
                List.of(1.0, 0.0),
                List.of("a", "3"),
                Optional.of(0.5),
                Optional.of("7"),
                Optional.of(List.of(3, 5)),
                new Schedule(0, 0.5)));
  }

  @Test
  void valuesAreWhatAConfigurationWouldHold() {
    Map<String, Object> values = SCHEMA.values(SCHEMA.defaultValues());

    assertThat(values)
        .containsEntry("pseudo-inputs", 500)
        .containsEntry("start-from", "training-data")
        .containsEntry("hidden", List.of(300, 100))
        .containsEntry("schedule", Map.of("warm-up", 100, "weight", 1.0))
        .doesNotContainKeys("spread", "label", "kernels");
    Config written = ConfigFactory.parseMap(values).withFallback(SCHEMA.defaults("defaults"));
    assertThat(SCHEMA.read(new Settings(written, ""))).isEqualTo(SCHEMA.defaultValues());
  }

  @Test
  void defaultsHoldEveryKeyAndSayWhereTheyComeFrom() {
    Config defaults = SCHEMA.defaults("the defaults of vampprior");

    assertThat(defaults.root().keySet())
        .containsExactlyInAnyOrderElementsOf(SCHEMA.keys().stream().map(SettingKey::key).toList());
    assertThat(defaults.hasPathOrNull("spread")).isTrue();
    assertThat(defaults.hasPath("spread")).isFalse();
    assertThat(defaults.getInt("schedule.warm-up")).isEqualTo(100);
    assertThat(defaults.getValue("rate").origin().description())
        .isEqualTo("the defaults of vampprior");
  }

  @Test
  void allFaultsAreToldAtOnce() {
    Settings settings =
        settings(
            """
            pseudo-inputs = 0
            rate = 1
            start-from = traning-data
            hidden = [3, 0]
            schedule { warm-up = -1, weight = 2 }""");

    assertThatThrownBy(() -> SCHEMA.read(settings))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            """
            model.prior.pseudo-inputs = 0: must be at least 1 (from experiment.conf: 1)
            model.prior.rate = 1: must be above 0 and below 1 (from experiment.conf: 2)
            model.prior.start-from = "traning-data": must be one of normal, training-data; did you \
            mean training-data? (from experiment.conf: 3)
            model.prior.hidden = [3, 0]: each must be at least 1 (from experiment.conf: 4)
            model.prior.schedule.warm-up = -1: must be at least 0 (from experiment.conf: 5)
            model.prior.schedule.weight = 2: must be above 0 and at most 1 (from experiment.conf: \
            5)""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pseudo-inputs = 1.5 | model.prior.pseudo-inputs = 1.5: must be a whole number",
        "pseudo-inputs = [1] | model.prior.pseudo-inputs = [1]: must be a whole number",
        "pseudo-inputs = 3000000000 | pseudo-inputs = 3000000000: must be at most 2147483647",
        "pseudo-inputs = -3000000000 | pseudo-inputs = -3000000000: must be at least 1",
        "rate = fast | model.prior.rate = \"fast\": must be a number",
        "rate = 0 | model.prior.rate = 0: must be above 0 and below 1",
        "learnt-weights = 2 | model.prior.learnt-weights = 2: must be true or false",
        "activation = [] | model.prior.activation = []: must be a text",
        "hidden = [] | model.prior.hidden = []: must have at least one entry",
        "hidden = 3 | model.prior.hidden = 3: must be a list of whole numbers",
        "parts = [0.5, 1.5] | model.prior.parts = [0.5, 1.5]: each must be between 0 and 1",
        "spread = 0 | model.prior.spread = 0: must be above 0",
        "spread = wide | model.prior.spread = \"wide\": must be a number",
        "kernels = [a] | model.prior.kernels = [a]: must be a list of whole numbers",
        "schedule = 1 | model.prior.schedule = 1: must be a section",
        "schedule.weight = null | model.prior.schedule.weight: is missing; it must be a number",
        "pseudo-inputs = null | model.prior.pseudo-inputs: is missing; it must be a whole number"
      })
  void aFaultNamesTheWholeKeyTheValueAndTheRule(String written, String message) {
    assertThatThrownBy(() -> SCHEMA.read(settings(written)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anUnboundedWholeNumberIsBoundedByItsType() {
    record Free(@Setting(value = "1", meaning = "a count") int count) {}

    assertThatThrownBy(() -> SettingsSchema.of(Free.class).read(written("count = 3000000000")))
        .hasMessageStartingWith("count = 3000000000: must be at most 2147483647");
    assertThatThrownBy(() -> SettingsSchema.of(Free.class).read(written("count = -3000000000")))
        .hasMessageStartingWith("count = -3000000000: must be at least -2147483648");
  }

  record Interval(
      @Setting(value = "-6", meaning = "the lower end") double logVarianceMin,
      @Setting(value = "2", meaning = "the upper end") double logVarianceMax) {
    Interval {
      if (logVarianceMin >= logVarianceMax) {
        throw new SettingException("log-variance-min", "must be below log-variance-max");
      }
    }
  }

  record Encoder(@Setting(meaning = "the interval") Interval bounds) {}

  @Test
  void aRuleOfSeveralSettingsNamesTheKeyAndItsPlace() {
    SettingsSchema<Encoder> schema = SettingsSchema.of(Encoder.class);
    Config config =
        parse("bounds { log-variance-min = 3 }").withFallback(schema.defaults("defaults"));

    assertThatThrownBy(() -> schema.read(new Settings(config, "model.encoder")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.encoder.bounds.log-variance-min = 3: must be below log-variance-max (from"
                + " experiment.conf: 1)");
    assertThatThrownBy(() -> new Interval(1, 1))
        .isInstanceOf(SettingException.class)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("log-variance-min: must be below log-variance-max");
  }

  record Blunt(@Setting(value = "1", meaning = "a number") int number) {
    Blunt {
      if (number == 13) {
        throw new IllegalArgumentException("13 brings bad luck");
      }
    }
  }

  @Test
  void anotherRefusalOfTheRecordNamesItsSection() {
    Settings settings = new Settings(parse("number = 13"), "model.prior");

    assertThatThrownBy(() -> SettingsSchema.of(Blunt.class).read(settings))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("model.prior: 13 brings bad luck");
  }

  @Test
  void aRecordMadeInJavaIsChecked() {
    assertThatThrownBy(() -> SettingsSchema.check(new Schedule(-1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("warm-up = -1: must be at least 0");
    assertThatThrownBy(() -> SettingsSchema.check(new Schedule(0, Double.NaN)))
        .hasMessage("weight = NaN: must be finite");

    record Outer(@Setting(meaning = "the schedule") Schedule schedule) {}

    assertThatThrownBy(() -> SettingsSchema.check(new Outer(new Schedule(0, 2))))
        .hasMessage("weight = 2.0: must be above 0 and at most 1");

    record Lists(
        @Setting(value = "[1]", atLeast = 1, meaning = "layers") List<Integer> hidden,
        @Setting(atMost = 1, meaning = "rate") Optional<Double> rate) {}

    assertThatThrownBy(() -> SettingsSchema.check(new Lists(List.of(), Optional.empty())))
        .hasMessage("hidden = []: must have at least one entry");
    assertThatThrownBy(() -> SettingsSchema.check(new Lists(List.of(2, 0), Optional.empty())))
        .hasMessage("hidden = [2, 0]: each must be at least 1");
    assertThatThrownBy(() -> SettingsSchema.check(new Lists(List.of(2), Optional.of(2.0))))
        .hasMessage("rate = Optional[2.0]: must be at most 1");
  }

  record NoAnnotation(int count) {}

  record NoType(@Setting(meaning = "a number") float number) {}

  record ListOfLongs(@Setting(meaning = "numbers") List<Long> numbers) {}

  record ListOfLists(@Setting(meaning = "numbers") List<List<Integer>> numbers) {}

  record AnyList(@Setting(meaning = "numbers") List<?> numbers) {}

  record AMap(@Setting(meaning = "numbers") Map<String, String> numbers) {}

  record DefaultOutOfBounds(@Setting(value = "0", atLeast = 1, meaning = "a count") int count) {}

  record DefaultOfAnotherType(@Setting(value = "a", meaning = "a count") int count) {}

  @Test
  void aRecordThatIsNoneOfSettingsIsRefused() {
    assertThatThrownBy(() -> SettingsSchema.of(NoAnnotation.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("NoAnnotation.count carries no @Setting");
    assertThatThrownBy(() -> SettingsSchema.of(DefaultOutOfBounds.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "DefaultOutOfBounds.count refuses its own default: count = 0: must be at least 1");
    assertThatThrownBy(() -> SettingsSchema.of(DefaultOfAnotherType.class))
        .hasMessageContaining("count = \"a\": must be a whole number");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {NoType.class, ListOfLongs.class, ListOfLists.class, AnyList.class, AMap.class})
  void aTypeThatASettingCannotHaveIsRefused(Class<? extends Record> type) {
    assertThatThrownBy(() -> SettingsSchema.of(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("\\w+\\.numbers? is of a type that a setting cannot have");
  }

  private static Settings settings(String content) {
    Config config = parse(content).withFallback(SCHEMA.defaults("the defaults"));
    return new Settings(config, "model.prior");
  }

  private static Settings written(String content) {
    return new Settings(parse(content), "");
  }

  private static Config parse(String content) {
    return ConfigFactory.parseString(
        content, ConfigParseOptions.defaults().setOriginDescription("experiment.conf"));
  }
}
