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
        .containsExactlyInAnyOrder(
            "bernoulli",
            "categorical",
            "columns",
            "continuous-bernoulli",
            "discretized-logistic",
            "gaussian",
            "laplace",
            "log-normal",
            "logistic-mixture",
            "multinomial",
            "negative-binomial",
            "ordinal",
            "poisson",
            "student-t",
            "zero-inflated-negative-binomial");
  }

  @Test
  void defaultsAreTheConfigurationsDefaults() {
    assertThat(read(new DiscretizedLogisticProvider(), ""))
        .isEqualTo(new DiscretizedLogisticSettings(Tails.FOLDED, -4.5, 0));
    assertThat(read(new GaussianProvider(), ""))
        .isEqualTo(new GaussianSettings(GaussianVariance.DECODER, -6, 2));
    assertThat(new BernoulliProvider().settings().keys()).isEmpty();
    assertThat(read(new LaplaceProvider(), "")).isEqualTo(new LaplaceSettings(-3, 1));
    assertThat(read(new StudentTProvider(), "")).isEqualTo(new StudentTSettings(-3, 1));
    assertThat(read(new LogNormalProvider(), "")).isEqualTo(new LogNormalSettings(-6, 2));
    assertThat(read(new MultinomialProvider(), "")).isEqualTo(new MultinomialSettings(1));
    assertThat(read(new LogisticMixtureProvider(), ""))
        .isEqualTo(new LogisticMixtureSettings(5, -7, 0));
    assertThat(read(new ColumnsProvider(), ""))
        .isEqualTo(
            new ColumnsSettings(
                RealColumns.GAUSSIAN,
                CountColumns.NEGATIVE_BINOMIAL,
                new GaussianSettings(GaussianVariance.DECODER, -6, 2)));
  }

  @Test
  void everyKeyIsRead() {
    assertThat(
            read(
                new DiscretizedLogisticProvider(),
                "tails = paper, log-scale-min = -7, log-scale-max = -7"))
        .isEqualTo(new DiscretizedLogisticSettings(Tails.PAPER, -7, -7));
    assertThat(
            read(
                new GaussianProvider(),
                "variance = shared, log-variance-min = -3.5, log-variance-max = 4"))
        .isEqualTo(new GaussianSettings(GaussianVariance.SHARED, -3.5, 4));
    assertThat(read(new LaplaceProvider(), "log-scale-min = -4, log-scale-max = 0"))
        .isEqualTo(new LaplaceSettings(-4, 0));
    assertThat(read(new StudentTProvider(), "log-scale-min = -4, log-scale-max = 0"))
        .isEqualTo(new StudentTSettings(-4, 0));
    assertThat(read(new LogNormalProvider(), "log-variance-min = -4, log-variance-max = 0"))
        .isEqualTo(new LogNormalSettings(-4, 0));
    assertThat(read(new MultinomialProvider(), "total = 30"))
        .isEqualTo(new MultinomialSettings(30));
    assertThat(
            read(
                new LogisticMixtureProvider(),
                "components = 10, log-scale-min = -6, log-scale-max = -1"))
        .isEqualTo(new LogisticMixtureSettings(10, -6, -1));
    assertThat(
            read(
                new ColumnsProvider(),
                "real = student-t, count = poisson, gaussian { variance = column }"))
        .isEqualTo(
            new ColumnsSettings(
                RealColumns.STUDENT_T,
                CountColumns.POISSON,
                new GaussianSettings(GaussianVariance.COLUMN, -6, 2)));
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
    for (LikelihoodProvider<?> real : List.of(new LaplaceProvider(), new StudentTProvider())) {
      assertThat(kinds(real)).containsExactly(ValueKinds.REAL);
    }
    for (LikelihoodProvider<?> counts :
        List.of(
            new PoissonProvider(),
            new NegativeBinomialProvider(),
            new ZeroInflatedNegativeBinomialProvider(),
            new MultinomialProvider())) {
      assertThat(kinds(counts)).containsExactly(ValueKinds.COUNT);
    }
    assertThat(kinds(new LogNormalProvider())).containsExactly(ValueKinds.POSITIVE);
    assertThat(kinds(new ContinuousBernoulliProvider())).containsExactly(ValueKinds.GREY_LEVEL);
    assertThat(kinds(new LogisticMixtureProvider())).containsExactly(ValueKinds.GREY_LEVEL);
    assertThat(kinds(new CategoricalProvider()))
        .containsExactly(ValueKinds.GREY_LEVEL, ValueKinds.category(2));
    assertThat(kinds(new OrderedLogitProvider())).containsExactly(ValueKinds.ordinal(2));
    assertThat(kinds(new ColumnsProvider()))
        .containsExactly(
            ValueKinds.BINARY,
            ValueKinds.REAL,
            ValueKinds.POSITIVE,
            ValueKinds.COUNT,
            ValueKinds.category(2),
            ValueKinds.ordinal(2));
    assertThat(create(new LogisticMixtureProvider()).parameters()).isEqualTo(new Shape(15, 560));
    assertThat(create(new CategoricalProvider()).parameters()).isEqualTo(new Shape(256, 560));
  }

  @Test
  void boundsOfTheOthersInTheWrongOrderAreRefused() {
    for (LikelihoodProvider<?> provider :
        List.of(new LaplaceProvider(), new StudentTProvider(), new LogisticMixtureProvider())) {
      assertThatThrownBy(() -> create(provider, "log-scale-min = 1.5\nlog-scale-max = -2"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(
              "model.likelihood.log-scale-min = 1.5: must be at most log-scale-max, which is -2.0"
                  + " (from experiment.conf: 1)");
    }
    assertThatThrownBy(() -> create(new LogNormalProvider(), "log-variance-min = 3"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("must be at most log-variance-max, which is 2.0");
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
