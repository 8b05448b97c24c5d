package org.largevae.networks.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.api.model.ModelProvider;

class LadderVaeSettingsTest {
  private static final LadderVaeProvider PROVIDER = new LadderVaeProvider();

  private static LadderVaeSettings read(String content) {
    Config own =
        ConfigFactory.parseString(
            content, ConfigParseOptions.defaults().setOriginDescription("experiment.conf"));
    Config defaults = PROVIDER.settings().defaults("the defaults");
    return PROVIDER.settings().read(new Settings(own.withFallback(defaults), "model"));
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(ModelProvider.class))
        .extracting(provider -> provider.name())
        .contains("ladder");
  }

  @Test
  void defaultsAreThePapersFiveLevels() {
    assertThat(read(""))
        .isEqualTo(
            new LadderVaeSettings(
                List.of(4, 8, 16, 32, 64),
                List.of(32, 64, 128, 256, 512),
                2,
                Merge.PRECISION_WEIGHTED,
                LadderVaeSettings.PriorLevels.TOP,
                -6,
                2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "latent-sizes = [] | latent-sizes = []: must have at least one entry",
        "latent-sizes = [4, 0, 8, 8, 8] | latent-sizes = [4, 0, 8, 8, 8]: each must be at least 1",
        "hidden = [] | hidden = []: must have at least one entry",
        "hidden = [32, 64] | hidden = [32, 64]: must have one size for each level: latent-sizes"
            + " names 5, this 2",
        "hidden = [0, 1, 1, 1, 1] | hidden = [0, 1, 1, 1, 1]: each must be at least 1",
        "layers = 0 | layers = 0: must be between 1 and 100",
        "log-variance-min = 3 | log-variance-min = 3: must be below log-variance-max, which is 2.0",
        "log-variance-max = 81 | log-variance-max = 81: must be between -80 and 80",
      })
  void badValueIsNamedWithItsRuleAndPlace(String content, String message) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("model." + message + " (from experiment.conf: 1)");
  }

  @ParameterizedTest
  @CsvSource({"residual", "concatenated"})
  void priorOverAllLevelsTakesTheMergeThatIsAffordable(String merge) {
    assertThatThrownBy(() -> read("prior-levels = all, merge = " + merge))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.prior-levels = \"all\": takes model.merge = precision-weighted, or set top: with"
                + " another merge each pair of an example and a pseudo-input would be a pass through"
                + " the network (from experiment.conf: 1)");
  }
}
