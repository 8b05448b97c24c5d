package org.largevae.likelihoods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.component.ModelShape;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.likelihood.LikelihoodProvider;

class LikelihoodProviderTest {

  @Test
  void allAreFoundByTheServiceLoader() {
    var names =
        ServiceLoader.load(LikelihoodProvider.class).stream()
            .map(provider -> provider.get().name())
            .collect(Collectors.toSet());
    assertThat(names).containsExactlyInAnyOrder("bernoulli", "discretized-logistic", "gaussian");
  }

  @Test
  void defaultsAreTheConfigurationsDefaults() {
    assertThat(DiscretizedLogisticConfig.from(settings(new DiscretizedLogisticProvider(), "")))
        .isEqualTo(DiscretizedLogisticConfig.DEFAULT)
        .isEqualTo(new DiscretizedLogisticConfig(Tails.FOLDED, -4.5, 0));
    assertThat(GaussianConfig.from(settings(new GaussianProvider(), "")))
        .isEqualTo(GaussianConfig.DEFAULT)
        .isEqualTo(new GaussianConfig(-6, 2));
    assertThat(new BernoulliProvider().defaults().isEmpty()).isTrue();
  }

  @Test
  void everyKeyIsRead() {
    assertThat(
            DiscretizedLogisticConfig.from(
                settings(
                    new DiscretizedLogisticProvider(),
                    "tails = paper, log-scale-min = -7, log-scale-max = -7")))
        .isEqualTo(new DiscretizedLogisticConfig(Tails.PAPER, -7, -7));
    assertThat(
            GaussianConfig.from(
                settings(new GaussianProvider(), "log-variance-min = -3.5, log-variance-max = 4")))
        .isEqualTo(new GaussianConfig(-3.5, 4));
  }

  @Test
  void parametersAndSupportsAreStated() {
    assertThat(create(new BernoulliProvider()).parameterNames()).containsExactly("logits");
    assertThat(create(new BernoulliProvider()).supports()).containsExactly(Support.BINARY);
    assertThat(create(new DiscretizedLogisticProvider()).parameterNames())
        .containsExactly("location", "log-scale");
    assertThat(create(new DiscretizedLogisticProvider()).supports())
        .containsExactly(Support.PIXEL_256);
    assertThat(create(new GaussianProvider()).parameterNames())
        .containsExactly("mean", "log-variance");
    assertThat(create(new GaussianProvider()).supports())
        .containsExactlyInAnyOrder(Support.REAL, Support.PIXEL_256);
  }

  @Test
  void descriptionsAreOneLine() {
    for (LikelihoodProvider provider : ServiceLoader.load(LikelihoodProvider.class)) {
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
            "model.likelihood.log-scale-min = 1: must be at most model.likelihood.log-scale-max,"
                + " which is -2.0 (from experiment.conf: 1)");
    assertThatThrownBy(() -> create(new GaussianProvider(), "log-variance-max = -6.5"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.likelihood.log-variance-min = -6: must be at most"
                + " model.likelihood.log-variance-max, which is -6.5 (from defaults of gaussian: 2)");
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
                + ": must be between -10.0 and 2.0 (from experiment.conf: 1)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"log-variance-min", "log-variance-max"})
  void varianceBoundsMustBeNumbersInRange(String key) {
    assertThatThrownBy(() -> create(new GaussianProvider(), key + " = low"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("model.likelihood." + key + " = \"low\": must be a number");
    assertThatThrownBy(() -> create(new GaussianProvider(), key + " = 21"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("model.likelihood." + key + " = 21: must be between -20.0 and 20.0");
  }

  private static Likelihood create(LikelihoodProvider provider) {
    return create(provider, "");
  }

  private static Likelihood create(LikelihoodProvider provider, String hocon) {
    ModelShape shape = new ModelShape(new DataShape(1, 28, 20), Support.PIXEL_256, 40);
    return provider.create(settings(provider, hocon), shape);
  }

  private static Settings settings(LikelihoodProvider provider, String hocon) {
    var options = ConfigParseOptions.defaults().setOriginDescription("experiment.conf");
    var config = ConfigFactory.parseString(hocon, options).withFallback(provider.defaults());
    return new Settings(config, "model.likelihood");
  }
}
