package org.largevae.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.component.Component;
import org.largevae.api.component.Provider;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingKey;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.network.DecoderProvider;
import org.largevae.api.network.EncoderProvider;
import org.largevae.api.network.PosteriorProvider;
import org.largevae.networks.posterior.GaussianPosterior;
import org.largevae.networks.posterior.GaussianPosteriorProvider;
import org.largevae.networks.posterior.GaussianPosteriorSettings;

class NetworkProvidersTest {
  private static final ModelShape SHAPE =
      ModelShape.of(DataDescription.of(new DataShape(1, 28, 20), ValueKinds.GREY_LEVEL), 40);

  @Test
  void networksAndPosteriorsAreFound() {
    assertThat(ServiceLoader.load(EncoderProvider.class))
        .extracting(provider -> provider.name())
        .containsExactlyInAnyOrder("gated-convolution", "gated-mlp", "mlp", "residual-convolution");
    assertThat(ServiceLoader.load(PosteriorProvider.class))
        .extracting(provider -> provider.name())
        .contains("gaussian", "full-covariance", "low-rank");
    assertThat(ServiceLoader.load(DecoderProvider.class))
        .extracting(provider -> provider.name())
        .containsExactlyInAnyOrder(
            "gated-convolution",
            "gated-mlp",
            "gated-pixelcnn",
            "mlp",
            "pixelcnn",
            "residual-convolution");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log-variance-min = 2 | log-variance-min = 2:"
            + " must be below log-variance-max, which is 2.0",
        "log-variance-min = 5 | log-variance-min = 5:"
            + " must be below log-variance-max, which is 2.0",
        "log-variance-max = 100 | log-variance-max = 100: must be between -80 and 80",
      })
  void aBadValueOfThePosteriorIsNamedWithItsRuleAndPlace(String content, String message) {
    GaussianPosteriorProvider provider = new GaussianPosteriorProvider();

    assertThatThrownBy(() -> provider.create(read(provider, "posterior", content), SHAPE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("model.posterior." + message + " (from experiment.conf: 1)");
  }

  @Test
  void descriptionsAreOneLineWithoutFullStop() {
    assertThat(encoders().description()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    assertThat(decoders().description()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
  }

  @Test
  void defaultsAreTwoLayersOf300() {
    Component encoder = encoder("");
    Component decoder = decoder("", 2);

    assertThat(encoders().settings().keys()).extracting(SettingKey::key).containsExactly("hidden");
    assertThat(encoders().settings().defaultValues())
        .isEqualTo(new GatedMlpSettings(List.of(300, 300)));
    assertThat(new GaussianPosteriorProvider().settings().defaultValues())
        .isEqualTo(new GaussianPosteriorSettings(-6, 2));
    assertThat(decoders().settings().keys()).extracting(SettingKey::key).containsExactly("hidden");
    assertThat(shape(encoder, "01gated_weight")).isEqualTo(new Shape(600, 560));
    assertThat(shape(encoder, "02gated_weight")).isEqualTo(new Shape(600, 300));
    assertThat(shape(encoder, "heads_weight")).isEqualTo(new Shape(80, 300));
    assertThat(shape(decoder, "01gated_weight")).isEqualTo(new Shape(600, 40));
    assertThat(shape(decoder, "heads_weight")).isEqualTo(new Shape(1120, 300));
  }

  @Test
  void hiddenLayersAreRead() {
    Component encoder = encoder("hidden = [50]");
    Component decoder = decoder("hidden = [20, 30, 10]", 1);

    assertThat(shape(encoder, "heads_weight")).isEqualTo(new Shape(80, 50));
    assertThat(shape(decoder, "03gated_weight")).isEqualTo(new Shape(20, 30));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hidden = [] | hidden = []: must have at least one entry",
        "hidden = [0] | hidden = [0]: each must be at least 1",
        "hidden = [300, -1] | hidden = [300, -1]: each must be at least 1",
        "hidden = 300 | hidden = 300: must be a list of whole numbers",
      })
  void aBadValueOfTheEncoderIsNamedWithItsRuleAndPlace(String content, String message) {
    assertThatThrownBy(() -> encoder(content))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("model.encoder." + message + " (from experiment.conf: 1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hidden = [] | hidden = []: must have at least one entry",
        "hidden = [0] | hidden = [0]: each must be at least 1",
      })
  void aBadValueOfTheDecoderIsNamedWithItsRuleAndPlace(String content, String message) {
    assertThatThrownBy(() -> decoder(content, 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("model.decoder." + message + " (from experiment.conf: 1)");
  }

  private static Shape shape(Component component, String parameter) {
    return component.block().orElseThrow().getParameters().get(parameter).getShape();
  }

  private static GatedMlpEncoderProvider encoders() {
    return new GatedMlpEncoderProvider();
  }

  private static GatedMlpDecoderProvider decoders() {
    return new GatedMlpDecoderProvider();
  }

  private static Component encoder(String content) {
    return encoders()
        .create(read(encoders(), "encoder", content), SHAPE, new GaussianPosterior(SHAPE));
  }

  private static Component decoder(String content, int heads) {
    return decoders().create(read(decoders(), "decoder", content), SHAPE, new Heads(heads, 560));
  }

  private static <S extends Record> S read(Provider<S> provider, String section, String content) {
    Config own =
        ConfigFactory.parseString(
            content, ConfigParseOptions.defaults().setOriginDescription("experiment.conf"));
    Config defaults = provider.settings().defaults("the defaults");
    return provider.settings().read(new Settings(own.withFallback(defaults), "model." + section));
  }
}
