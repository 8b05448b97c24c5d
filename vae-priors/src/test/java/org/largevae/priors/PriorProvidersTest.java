package org.largevae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.component.ModelShape;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;
import org.largevae.priors.VampPriorConfig.Init;

class PriorProvidersTest {
  private static final ModelShape SHAPE =
      new ModelShape(new DataShape(1, 28, 20), Support.PIXEL_256, 40);

  @Test
  void bothPriorsAreFound() {
    assertThat(ServiceLoader.load(PriorProvider.class))
        .extracting(PriorProvider::name)
        .containsExactlyInAnyOrder("standard", "vampprior");
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "vampprior"})
  void descriptionsAreOneLineWithoutFullStop(String name) {
    assertThat(provider(name).description()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
  }

  @Test
  void standardHasNoKeys() {
    PriorProvider provider = provider("standard");

    assertThat(provider.defaults().isEmpty()).isTrue();
    assertThat(provider.create(settings(provider, ""), SHAPE)).isInstanceOf(StandardPrior.class);
  }

  @Test
  void vampPriorHasItsDefaults() {
    PriorProvider provider = provider("vampprior");

    assertThat(provider.defaults().root().keySet())
        .containsExactlyInAnyOrder(
            "pseudo-inputs", "init", "init-mean", "init-standard-deviation", "init-noise");
    assertThat(VampPriorConfig.from(settings(provider, "")))
        .isEqualTo(new VampPriorConfig(500, Init.NORMAL, 0.05, 0.01, 0.01));
  }

  @Test
  void everyKeyOfVampPriorIsRead() {
    Settings settings =
        settings(
            provider("vampprior"),
            """
            pseudo-inputs = 10
            init = training-data
            init-mean = -0.5
            init-standard-deviation = 0.02
            init-noise = 0
            """);

    assertThat(VampPriorConfig.from(settings))
        .isEqualTo(new VampPriorConfig(10, Init.TRAINING_DATA, -0.5, 0.02, 0));
  }

  @Test
  void pseudoInputsHaveTheSizeOfTheData() {
    PriorProvider provider = provider("vampprior");

    Prior prior = provider.create(settings(provider, "pseudo-inputs = 10"), SHAPE);

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
        "init-noise = -1 | init-noise = -1: must be at least 0.0",
      })
  void aBadValueIsNamedWithItsRuleAndPlace(String content, String message) {
    PriorProvider provider = provider("vampprior");

    assertThatThrownBy(() -> provider.create(settings(provider, content), SHAPE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("model.prior." + message + " (from experiment.conf: 1)");
  }

  @Test
  void aConfigurationMadeInJavaIsCheckedToo() {
    assertThatThrownBy(() -> new VampPriorConfig(0, Init.NORMAL, 0, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pseudo-inputs = 0: must be at least 1");
    assertThatThrownBy(() -> new VampPriorConfig(1, Init.NORMAL, Double.NaN, 1, 0))
        .hasMessage("init-mean = NaN: must be finite");
    assertThatThrownBy(() -> new VampPriorConfig(1, Init.NORMAL, 0, 0, 0))
        .hasMessage("init-standard-deviation = 0.0: must be finite and above 0");
    assertThatThrownBy(() -> new VampPriorConfig(1, Init.NORMAL, 0, 1, -1))
        .hasMessage("init-noise = -1.0: must be finite and at least 0");
    assertThatThrownBy(() -> new VampPriorConfig(1, null, 0, 1, 0))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("init is null");
  }

  private static PriorProvider provider(String name) {
    return ServiceLoader.load(PriorProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Settings settings(PriorProvider provider, String content) {
    Config own =
        ConfigFactory.parseString(
            content, ConfigParseOptions.defaults().setOriginDescription("experiment.conf"));
    return new Settings(own.withFallback(provider.defaults()), "model.prior");
  }
}
