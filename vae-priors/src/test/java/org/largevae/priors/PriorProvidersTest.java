package org.largevae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.GradientRule;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingKey;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;
import org.largevae.priors.VampPriorSettings.Init;
import org.largevae.priors.VampPriorSettings.Weights;
import org.largevae.priors.flow.MaskedAutoregressiveFlow;
import org.largevae.priors.flow.NeuralSplineFlow;
import org.largevae.priors.flow.RealNvp;
import org.largevae.priors.reweighted.DensityRatioPrior;
import org.largevae.priors.reweighted.LarsPrior;
import org.largevae.priors.reweighted.SnisPrior;

class PriorProvidersTest {
  private static final ModelShape SHAPE =
      ModelShape.of(DataDescription.of(new DataShape(1, 28, 20), ValueKinds.GREY_LEVEL), 40);

  @Test
  void allPriorsAreFoundAndDescribedInOneLineWithoutFullStop() {
    List<PriorProvider<?>> providers = new ArrayList<>();
    ServiceLoader.load(PriorProvider.class).forEach(providers::add);

    assertThat(providers)
        .extracting(provider -> provider.name())
        .containsExactlyInAnyOrder(
            "aggregated-posterior",
            "density-ratio",
            "exemplar",
            "full-covariance-gaussian",
            "gaussian",
            "gaussian-mixture",
            "lars",
            "latent-diffusion",
            "masked-autoregressive-flow",
            "neural-spline-flow",
            "realnvp",
            "snis",
            "standard",
            "uniform-sphere",
            "vampprior");
    for (PriorProvider<?> provider : providers) {
      assertThat(provider.description()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    }
  }

  static Stream<Arguments> madeWithDefaults() {
    return Stream.of(
        Arguments.of("aggregated-posterior", new AggregatedPosterior(SHAPE)),
        Arguments.of("exemplar", new ExemplarPrior(SHAPE)),
        Arguments.of("realnvp", new RealNvp(SHAPE)),
        Arguments.of("neural-spline-flow", new NeuralSplineFlow(SHAPE)),
        Arguments.of("masked-autoregressive-flow", new MaskedAutoregressiveFlow(SHAPE)),
        Arguments.of("lars", new LarsPrior(SHAPE)),
        Arguments.of("snis", new SnisPrior(SHAPE)),
        Arguments.of("density-ratio", new DensityRatioPrior(SHAPE)));
  }

  @ParameterizedTest
  @MethodSource("madeWithDefaults")
  void javaHasTheDefaultsOfTheConfiguration(String name, Prior prior) {
    assertThat(shapes(prior)).isEqualTo(shapes(create(provider(name), "")));
  }

  private static List<String> shapes(Prior prior) {
    return prior.block().stream()
        .flatMap(block -> block.getParameters().stream())
        .map(entry -> entry.getKey() + " " + entry.getValue().getShape())
        .toList();
  }

  @Test
  void standardHasNoKeys() {
    assertThat(provider("standard").settings().keys()).isEmpty();
    assertThat(create(provider("standard"), "")).isInstanceOf(StandardPrior.class);
  }

  @Test
  void trainedGaussiansHaveNoKeys() {
    for (String name : List.of("gaussian", "full-covariance-gaussian")) {
      assertThat(provider(name).settings().keys()).isEmpty();
    }
    assertThat(create(provider("gaussian"), "")).isInstanceOf(GaussianPrior.class);
    assertThat(create(provider("full-covariance-gaussian"), ""))
        .isInstanceOf(FullCovarianceGaussianPrior.class);
  }

  @Test
  void gaussianMixtureHasItsDefaultsAndReadsItsKeys() {
    GaussianMixturePriorSettings defaults = new GaussianMixturePriorSettings(500, 0.5, 0, -6, 2);
    assertThat(read(new GaussianMixturePriorProvider(), "")).isEqualTo(defaults);
    assertThat(GaussianMixturePriorSettings.of(500)).isEqualTo(defaults);
    assertThat(
            read(
                new GaussianMixturePriorProvider(),
                """
                components = 7
                init-spread = 0
                init-log-variance = -0.5
                log-variance-min = -1
                log-variance-max = 1
                """))
        .isEqualTo(new GaussianMixturePriorSettings(7, 0, -0.5, -1, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "components = 0 | components = 0: must be at least 1",
        "init-spread = -1 | init-spread = -1: must be at least 0",
        "init-log-variance = 3 | init-log-variance = 3: must be from log-variance-min to"
            + " log-variance-max, -6.0 to 2.0",
        "log-variance-min = 2 | log-variance-min = 2: must be below log-variance-max, which is 2.0",
        "log-variance-max = 90 | log-variance-max = 90: must be between -80 and 80",
      })
  void aBadValueOfAMixtureIsNamedWithItsRule(String content, String message) {
    assertThatThrownBy(() -> create(provider("gaussian-mixture"), content))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("model.prior." + message + " (from experiment.conf: 1)");
  }

  @Test
  void vampPriorHasItsDefaults() {
    assertThat(new VampPriorProvider().settings().keys())
        .extracting(SettingKey::key)
        .containsExactly(
            "pseudo-inputs",
            "init",
            "init-mean",
            "init-standard-deviation",
            "init-noise",
            "gradient",
            "weights",
            "neighbours");
    VampPriorSettings defaults =
        new VampPriorSettings(
            500, Init.NORMAL, 0.05, 0.01, 0.01, GradientRule.OPTIMIZER, Weights.EQUAL, 0);
    assertThat(read(new VampPriorProvider(), "")).isEqualTo(defaults);
    assertThat(VampPriorSettings.of(500)).isEqualTo(defaults);
  }

  @Test
  void everyKeyOfVampPriorIsRead() {
    VampPriorSettings settings =
        read(
            new VampPriorProvider(),
            """
            pseudo-inputs = 10
            init = training-data
            init-mean = -0.5
            init-standard-deviation = 0.02
            init-noise = 0
            gradient = rows
            weights = learned
            """);

    assertThat(settings)
        .isEqualTo(
            new VampPriorSettings(
                10, Init.TRAINING_DATA, -0.5, 0.02, 0, GradientRule.ROWS, Weights.LEARNED, 0));
    assertThat(read(new VampPriorProvider(), "neighbours = 3"))
        .isEqualTo(VampPriorSettings.of(500).withNeighbours(3));
  }

  @Test
  void pseudoInputsHaveTheSizeOfTheData() {
    Prior prior = create(provider("vampprior"), "pseudo-inputs = 10");

    assertThat(prior.block().orElseThrow().getParameters().get("pseudo_inputs").getShape())
        .hasToString("(10, 560)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pseudo-inputs = 0 | pseudo-inputs = 0: must be at least 1",
        "pseudo-inputs = 2.5 | pseudo-inputs = 2.5: must be a whole number",
        "init = data | init = \"data\": must be one of normal, training-data",
        "init = normall"
            + " | init = \"normall\": must be one of normal, training-data; did you mean normal?",
        "init-mean = high | init-mean = \"high\": must be a number",
        "init-standard-deviation = 0 | init-standard-deviation = 0: must be above 0",
        "init-noise = -1 | init-noise = -1: must be at least 0",
        "weights = learnt | weights = \"learnt\": must be one of equal, learned; did you mean learned?",
        "neighbours = -1 | neighbours = -1: must be at least 0",
        "neighbours = 501 | neighbours = 501: must be at most pseudo-inputs = 500, or 0 for all",
        "gradient = row | gradient = \"row\": must be one of optimizer, rows, plain; did you mean rows?",
      })
  void aBadValueIsNamedWithItsRuleAndPlace(String content, String message) {
    assertThatThrownBy(() -> create(provider("vampprior"), content))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("model.prior." + message + " (from experiment.conf: 1)");
  }

  @Test
  void settingsMadeInJavaAreCheckedToo() {
    assertThatThrownBy(() -> new VampPrior(SHAPE, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pseudo-inputs = 0: must be at least 1");
    assertThatThrownBy(() -> vampPrior(Double.NaN, 1, 0))
        .hasMessage("init-mean = NaN: must be finite");
    assertThatThrownBy(() -> vampPrior(0, 0, 0))
        .hasMessage("init-standard-deviation = 0.0: must be above 0");
    assertThatThrownBy(() -> vampPrior(0, 1, -1))
        .hasMessage("init-noise = -1.0: must be at least 0");
    assertThatThrownBy(() -> new VampPriorSettings(1, null, 0, 1, 0, GradientRule.OPTIMIZER))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("init is null");
    assertThatThrownBy(
            () -> new VampPriorSettings(1, Init.NORMAL, 0, 1, 0, GradientRule.OPTIMIZER, null, 0))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("weights is null");
    assertThat(create(provider("vampprior"), "weights = learned, neighbours = 3"))
        .isInstanceOf(VampPrior.class);
  }

  private static VampPrior vampPrior(double mean, double deviation, double noise) {
    return new VampPrior(
        new VampPriorSettings(1, Init.NORMAL, mean, deviation, noise, GradientRule.OPTIMIZER),
        SHAPE);
  }

  private static PriorProvider<?> provider(String name) {
    for (PriorProvider<?> provider : ServiceLoader.load(PriorProvider.class)) {
      if (provider.name().equals(name)) {
        return provider;
      }
    }
    throw new AssertionError("no provider " + name);
  }

  private static <S extends Record> Prior create(PriorProvider<S> provider, String content) {
    return provider.create(read(provider, content), SHAPE);
  }

  private static <S extends Record> S read(PriorProvider<S> provider, String content) {
    Config own =
        ConfigFactory.parseString(
            content, ConfigParseOptions.defaults().setOriginDescription("experiment.conf"));
    Config defaults = provider.settings().defaults("the defaults of " + provider.name());
    return provider.settings().read(new Settings(own.withFallback(defaults), "model.prior"));
  }
}
