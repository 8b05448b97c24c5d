package org.largevae.likelihoods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.likelihood.LikelihoodProvider;

class LikelihoodProviderTest {

  @Test
  void allAreFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(LikelihoodProvider.class))
        .extracting(provider -> provider.name())
        .containsExactlyInAnyOrder("bernoulli", "discretized-logistic", "gaussian");
  }

  @Test
  void defaultsAreTheConfigurationsDefaults() {
    assertThat(read(new DiscretizedLogisticProvider(), ""))
        .isEqualTo(new DiscretizedLogisticSettings(Tails.FOLDED, -4.5, 0));
    assertThat(read(new GaussianProvider(), "")).isEqualTo(new GaussianSettings(-6, 2));
    assertThat(new BernoulliProvider().settings().keys()).isEmpty();
  }

  @Test
  void everyKeyIsRead() {
    assertThat(
            read(
                new DiscretizedLogisticProvider(),
                "tails = paper, log-scale-min = -7, log-scale-max = -7"))
        .isEqualTo(new DiscretizedLogisticSettings(Tails.PAPER, -7, -7));
    assertThat(read(new GaussianProvider(), "log-variance-min = -3.5, log-variance-max = 4"))
        .isEqualTo(new GaussianSettings(-3.5, 4));
  }

  @Test
  void parametersAndKindsAreStated() {
    assertThat(create(new BernoulliProvider()).parameters()).isEqualTo(new Shape(1, 560));
    assertThat(kinds(new BernoulliProvider())).containsExactly(ValueKinds.BINARY);
    assertThat(create(new DiscretizedLogisticProvider()).parameters()).isEqualTo(new Shape(2, 560));
    assertThat(kinds(new DiscretizedLogisticProvider())).containsExactly(ValueKinds.GREY_LEVEL);
    assertThat(create(new GaussianProvider()).parameters()).isEqualTo(new Shape(2, 560));
    assertThat(kinds(new GaussianProvider()))
        .containsExactly(ValueKinds.GREY_LEVEL, ValueKinds.REAL);
  }

  @Test
  void descriptionsAreOneLine() {
    for (LikelihoodProvider<?> provider : ServiceLoader.load(LikelihoodProvider.class)) {
      assertThat(provider.description()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    }
  }

  @Test
  void unknownTailsAreRefusedWithTheNearestName() {
    assertThatThrownBy(() -> create(new DiscretizedLogisticProvider(), "tails = foldet"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.likelihood.tails = \"foldet\": must be one of folded, paper; did you mean folded?"
                + " (from experiment.conf: 1)");
  }

  @Test
  void boundsInTheWrongOrderAreRefused() {
    assertThatThrownBy(
            () ->
                create(new DiscretizedLogisticProvider(), "log-scale-min = 1\nlog-scale-max = -2"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.likelihood.log-scale-min = 1: must be at most log-scale-max, which is -2.0"
                + " (from experiment.conf: 1)");
    assertThatThrownBy(() -> create(new GaussianProvider(), "log-variance-max = -6.5"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.likelihood.log-variance-min = -6: must be at most log-variance-max, which is"
                + " -6.5 (from the defaults of gaussian)");
  }

  @ParameterizedTest
  @CsvSource({"log-scale-min,-10.5", "log-scale-min,2.5", "log-scale-max,2.01"})
  void scaleBoundsOutOfRangeAreRefused(String key, String value) {
    assertThatThrownBy(() -> create(new DiscretizedLogisticProvider(), key + " = " + value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.likelihood."
                + key
                + " = "
                + value
                + ": must be between -10 and 2 (from experiment.conf: 1)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"log-variance-min", "log-variance-max"})
  void varianceBoundsMustBeNumbersInRange(String key) {
    assertThatThrownBy(() -> create(new GaussianProvider(), key + " = low"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("model.likelihood." + key + " = \"low\": must be a number");
    assertThatThrownBy(() -> create(new GaussianProvider(), key + " = 21"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("model.likelihood." + key + " = 21: must be between -20 and 20");
  }

  private static List<ValueKind> kinds(LikelihoodProvider<?> provider) {
    List<ValueKind> all =
        List.of(
            ValueKinds.BINARY,
            ValueKinds.GREY_LEVEL,
            ValueKinds.REAL,
            ValueKinds.POSITIVE,
            ValueKinds.COUNT,
            ValueKinds.category(2),
            ValueKinds.ordinal(2));
    return all.stream().filter(create(provider)::supports).toList();
  }

  private static Likelihood create(LikelihoodProvider<?> provider) {
    return create(provider, "");
  }

  private static <S extends Record> Likelihood create(
      LikelihoodProvider<S> provider, String hocon) {
    return provider.create(
        read(provider, hocon), DataDescription.of(new DataShape(1, 28, 20), ValueKinds.GREY_LEVEL));
  }

  private static <S extends Record> S read(LikelihoodProvider<S> provider, String hocon) {
    var options = ConfigParseOptions.defaults().setOriginDescription("experiment.conf");
    var defaults = provider.settings().defaults("the defaults of " + provider.name());
    var config = ConfigFactory.parseString(hocon, options).withFallback(defaults);
    return provider.settings().read(new Settings(config, "model.likelihood"));
  }
}
