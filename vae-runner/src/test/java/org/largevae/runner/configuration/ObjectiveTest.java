package org.largevae.runner.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.core.registry.ServiceRegistry;

/** {@code training.objective}, by its name alone or as a section. */
class ObjectiveTest {
  @TempDir private Path folder;

  private final ExperimentLoader loader =
      new ExperimentLoader(new ServiceRegistry(ObjectiveTest.class.getClassLoader()));

  @Test
  void aNameStandsForItsSection() throws IOException {
    assertThat(objective("training.objective = iwae").text("type")).isEqualTo("iwae");
    assertThat(objective("", "training.objective=iwae").text("type")).isEqualTo("iwae");
    assertThat(objective("model.prior = standard").text("type")).isEqualTo("elbo");
  }

  @Test
  void itsSettingsAreReadFromFileAndCommandLine() throws IOException {
    String file = "training.objective { type = free-bits, per = level }";

    assertThat(objective(file).text("per")).isEqualTo("level");
    assertThat(objective(file).number("nats")).isEqualTo(0.5);
    assertThat(objective(file, "training.objective.nats=2").number("nats")).isEqualTo(2);
    assertThat(objective(file, "training.objective.nats=2").text("per")).isEqualTo("level");
    Settings given = objective("", "training.objective=free-bits", "training.objective.per=level");
    assertThat(given.text("type")).isEqualTo("free-bits");
    assertThat(given.text("per")).isEqualTo("level");
  }

  @Test
  void anotherObjectiveLeavesTheKeysOfTheFormerBehind() throws IOException {
    Settings chosen =
        objective("training.objective { type = free-bits, nats = 2 }", "training.objective=iwae");

    assertThat(chosen.config().entrySet()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.objective=iwea | training.objective.type = \"iwea\": no such objective. Did you"
            + " mean \"iwae\"?",
        "training.objective={ type = free-bits, nat = 1 } | training.objective.nat = 1: unknown"
            + " key. Did you mean \"training.objective.nats\"?",
        "training.objective={ type = free-bits, per = levle } | training.objective.per = \"levle\":"
            + " must be one of latent, level; did you mean level?",
        "training.objective.nats=1 | training.objective.nats = 1: unknown key. Known in"
            + " training.objective: kl, type.",
        "training.objective={ type = free-bits, nats = -1 } | training.objective.nats = -1: must be"
            + " between 0 and 1000000",
      })
  void whatIsMistypedIsNamedWithTheNearest(String override, String message) {
    assertThatThrownBy(() -> objective("", override))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message)
        .hasMessageEndingWith("(from the command line)");
  }

  private Settings objective(String text, String... overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("experiment.conf"), text);
    return loader.load(file.toString(), List.of(overrides)).section("training.objective");
  }
}
