package org.largevae.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.component.Component;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Provider;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;
import org.largevae.api.network.DecoderProvider;
import org.largevae.api.network.EncoderProvider;

class NetworkProvidersTest {
  private static final ModelShape SHAPE =
      new ModelShape(new DataShape(1, 28, 20), Support.PIXEL_256, 40);

  @Test
  void bothNetworksAreFound() {
    assertThat(ServiceLoader.load(EncoderProvider.class))
        .extracting(Provider::name)
        .containsExactly("gated-mlp");
    assertThat(ServiceLoader.load(DecoderProvider.class))
        .extracting(Provider::name)
        .containsExactly("gated-mlp");
  }

  @Test
  void descriptionsAreOneLineWithoutFullStop() {
    assertThat(encoders().description()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    assertThat(decoders().description()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
  }

  @Test
  void defaultsAreTwoLayersOf300() {
    Component encoder = encoders().create(settings(encoders(), "encoder", ""), SHAPE);
    Component decoder = decoders().create(settings(decoders(), "decoder", ""), SHAPE, 2);

    assertThat(encoders().defaults().root().keySet())
        .containsExactlyInAnyOrder("hidden", "log-variance-min", "log-variance-max");
    assertThat(encoders().defaults().getDouble("log-variance-min")).isEqualTo(-6);
    assertThat(encoders().defaults().getDouble("log-variance-max")).isEqualTo(2);
    assertThat(decoders().defaults().root().keySet()).containsExactly("hidden");
    assertThat(shape(encoder, "01gated_weight")).isEqualTo(new Shape(600, 560));
    assertThat(shape(encoder, "02gated_weight")).isEqualTo(new Shape(600, 300));
    assertThat(shape(encoder, "heads_weight")).isEqualTo(new Shape(80, 300));
    assertThat(shape(decoder, "01gated_weight")).isEqualTo(new Shape(600, 40));
    assertThat(shape(decoder, "heads_weight")).isEqualTo(new Shape(1120, 300));
  }

  @Test
  void hiddenLayersAreRead() {
    Component encoder = encoders().create(settings(encoders(), "encoder", "hidden = [50]"), SHAPE);
    Component decoder =
        decoders().create(settings(decoders(), "decoder", "hidden = [20, 30, 10]"), SHAPE, 1);

    assertThat(shape(encoder, "heads_weight")).isEqualTo(new Shape(80, 50));
    assertThat(shape(decoder, "03gated_weight")).isEqualTo(new Shape(20, 30));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hidden = [] | hidden = []: must have at least one layer",
        "hidden = [0] | hidden = [0]: each must be at least 1",
        "hidden = [300, -1] | hidden = [300, -1]: each must be at least 1",
        "hidden = 300 | hidden = 300: must be a list of whole numbers",
        "log-variance-min = 2 | log-variance-min = 2:"
            + " must be below model.encoder.log-variance-max = 2.0",
        "log-variance-min = 5 | log-variance-min = 5:"
            + " must be below model.encoder.log-variance-max = 2.0",
        "log-variance-max = 100 | log-variance-max = 100: must be between -80.0 and 80.0",
      })
  void aBadValueOfTheEncoderIsNamedWithItsRuleAndPlace(String content, String message) {
    assertThatThrownBy(() -> encoders().create(settings(encoders(), "encoder", content), SHAPE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("model.encoder." + message + " (from experiment.conf: 1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hidden = [] | hidden = []: must have at least one layer",
        "hidden = [0] | hidden = [0]: each must be at least 1",
      })
  void aBadValueOfTheDecoderIsNamedWithItsRuleAndPlace(String content, String message) {
    assertThatThrownBy(() -> decoders().create(settings(decoders(), "decoder", content), SHAPE, 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("model.decoder." + message + " (from experiment.conf: 1)");
  }

  private static Shape shape(Component component, String parameter) {
    return component.block().orElseThrow().getParameters().get(parameter).getShape();
  }

  private static EncoderProvider encoders() {
    return ServiceLoader.load(EncoderProvider.class).findFirst().orElseThrow();
  }

  private static DecoderProvider decoders() {
    return ServiceLoader.load(DecoderProvider.class).findFirst().orElseThrow();
  }

  private static Settings settings(Provider provider, String section, String content) {
    Config own =
        ConfigFactory.parseString(
            content, ConfigParseOptions.defaults().setOriginDescription("experiment.conf"));
    return new Settings(own.withFallback(provider.defaults()), "model." + section);
  }
}
