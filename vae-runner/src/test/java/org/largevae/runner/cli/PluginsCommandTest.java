package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vae plugins NAME}, with the components that are installed. */
class PluginsCommandTest {
  @TempDir private Path folder;
  private CommandFixture vae;

  @BeforeEach
  void makeCommand() {
    vae = CommandFixture.installed(folder);
  }

  @Test
  void aComponentIsShownWithEverySetting() {
    assertThat(vae.run("plugins", "vampprior")).isZero();

    assertThat(vae.out())
        .startsWith("prior vampprior\n")
        .contains("\n  from ", "vae-priors", "\n  model.prior { type = vampprior }\n")
        .containsPattern(
            "\n  pseudo-inputs +a whole number at least 1; 500 unless set\n"
                + " +K, the number of pseudo-inputs\n")
        .containsPattern("\n  init +one of normal, training-data; normal unless set\n")
        .containsPattern("\n  init-standard-deviation +a number above 0; 0.01 unless set\n");
    assertThat(vae.err()).isEmpty();
  }

  @Test
  void whatHasToBeGivenAndWhatMayBeLeftOutSaySo() {
    assertThat(vae.run("plugins", "numpy")).isZero();

    assertThat(vae.out())
        .startsWith("dataset numpy\n")
        .contains("\n  dataset { name = numpy }\n")
        .containsPattern("\n  file +a text; has to be given\n")
        .containsPattern("\n  array +a text; may be left out\n");
  }

  @Test
  void aComponentWithoutSettingsSaysSo() {
    assertThat(vae.run("plugins", "iwae")).isZero();

    assertThat(vae.out())
        .startsWith("objective iwae\n")
        .contains("\n  training.objective { type = iwae }\n")
        .endsWith("\n  no settings\n");
  }

  @Test
  void componentsOfOneNameAreAllShown() {
    assertThat(vae.run("plugins", "gated-mlp")).isZero();

    assertThat(vae.out()).contains("encoder gated-mlp\n", "decoder gated-mlp\n");
  }

  @Test
  void jsonHasTheSameOfEachSetting() {
    assertThat(vae.run("plugins", "vampprior", "--json")).isZero();

    JsonArray components = JsonParser.parseString(vae.out()).getAsJsonArray();
    assertThat(components).hasSize(1);
    JsonObject component = components.get(0).getAsJsonObject();
    assertThat(component.keySet())
        .containsExactly("kind", "name", "description", "version", "source", "section", "settings");
    assertThat(component.get("section").getAsString()).isEqualTo("model.prior");
    JsonObject setting = component.getAsJsonArray("settings").get(0).getAsJsonObject();
    assertThat(setting)
        .hasToString(
            "{\"key\":\"pseudo-inputs\",\"values\":\"a whole number\",\"bounds\":\"at least 1\","
                + "\"required\":false,\"default\":\"500\",\"meaning\":\"K, the number of"
                + " pseudo-inputs\"}");
  }

  @Test
  void anUnknownNameIsOneSentenceWithTheNearest() {
    assertThat(vae.run("plugins", "vamprior")).isEqualTo(ExitCode.USAGE);

    assertThat(vae.out()).isEmpty();
    assertThat(vae.err())
        .isEqualTo(
            "vae: \"vamprior\": no such component is installed; `vae plugins`"
                + " lists them; did you mean vampprior?\n");
  }

  @Test
  void sectionsWithinSettingsAreShownByTheirWholeKeys() {
    CommandFixture fakes = CommandFixture.fake(folder);

    assertThat(fakes.run("plugins", "gated-mlp")).isZero();

    assertThat(fakes.out()).containsPattern("\n  activation\\.scale +a number; 1\\.0 unless set\n");
  }
}
