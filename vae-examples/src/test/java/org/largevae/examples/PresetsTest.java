package org.largevae.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.configuration.ExperimentLoader;
import org.largevae.runner.configuration.Preset;
import org.largevae.runner.configuration.Presets;

/** Every preset on the class path loads with the components that are installed. */
class PresetsTest {
  private static final ClassLoader CLASSES = PresetsTest.class.getClassLoader();

  private final ExperimentLoader loader =
      new ExperimentLoader(new ServiceRegistry(CLASSES), new Presets(CLASSES));

  static List<String> names() {
    return new Presets(CLASSES).all().stream().map(Preset::name).toList();
  }

  /** What a preset leaves to the user. */
  private static List<String> file(String name) {
    return name.equals("table") ? List.of("dataset.file=claims.csv") : List.of();
  }

  @Test
  void theReportsAndThePapersSetUpsAreThere() {
    assertThat(names())
        .containsExactly(
            "digits-vampprior",
            "freyfaces-conv-hvae-standard",
            "freyfaces-conv-hvae-vampprior",
            "freyfaces-hvae-standard",
            "freyfaces-hvae-vampprior",
            "freyfaces-paper-standard",
            "freyfaces-paper-vampprior",
            "freyfaces-pixel-hvae-standard",
            "freyfaces-pixel-hvae-vampprior",
            "freyfaces-standard",
            "freyfaces-vampprior",
            "mnist-conv-hvae-standard",
            "mnist-conv-hvae-vampprior",
            "mnist-hvae-standard",
            "mnist-hvae-vampprior",
            "mnist-paper-standard",
            "mnist-paper-vampprior",
            "mnist-pixel-hvae-standard",
            "mnist-pixel-hvae-vampprior",
            "mnist-standard",
            "mnist-svae",
            "mnist-vampprior",
            "table");
  }

  @ParameterizedTest
  @MethodSource("names")
  void aPresetLoadsUnderItsOwnNameWithADescription(String name) {
    Experiment experiment = loader.load(name, file(name));

    assertThat(experiment.name()).isEqualTo(name);
    if (!name.equals("table")) {
      assertThat(name).startsWith(experiment.dataset() + "-");
      // the hyperspherical VAE goes by its own name
      assertThat(name).endsWith(name.endsWith("svae") ? "-svae" : "-" + experiment.prior());
    }
    assertThat(new Presets(CLASSES).require(name).description()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aResolvedPresetIsTheSameExperiment(String name, @TempDir Path folder) throws IOException {
    Experiment experiment = loader.load(name, file(name));
    Path file = Files.writeString(folder.resolve("config.conf"), loader.render(experiment));

    assertThat(loader.load(file.toString(), List.of()).config()).isEqualTo(experiment.config());
  }

  @ParameterizedTest
  @CsvSource({"freyfaces-standard", "freyfaces-vampprior"})
  void freyFacesAreSetUpAsInTheReport(String name) {
    Experiment experiment = loader.load(name, List.of());

    assertThat(experiment.section("model").longInteger("latent-size")).isEqualTo(40);
    assertThat(experiment.section("model.encoder").integers("hidden")).containsExactly(300, 300);
    assertThat(experiment.section("model.decoder").integers("hidden")).containsExactly(300, 300);
    assertThat(experiment.likelihood()).isEqualTo("discretized-logistic");
    assertThat(experiment.section("model.likelihood").text("tails")).isEqualTo("paper");
    assertThat(experiment.training().epochs()).isEqualTo(830);
    assertThat(experiment.training().warmUpEpochs()).isEqualTo(100);
    assertThat(experiment.training().batchSize()).isEqualTo(100);
    assertThat(experiment.training().earlyStoppingEpochs()).isZero();
    assertThat(experiment.training().optimizer().learningRate()).isEqualTo(5e-4);
    assertThat(experiment.evaluation().importanceSamples()).isEqualTo(5000);
    assertThat(experiment.section("dataset").numbers("split")).containsExactly(0.8, 0.1, 0.1);
  }

  @ParameterizedTest
  @CsvSource({"mnist-standard", "mnist-vampprior"})
  void mnistIsSetUpAsInTheReport(String name) {
    Experiment experiment = loader.load(name, List.of());

    assertThat(experiment.likelihood()).isEqualTo("bernoulli");
    assertThat(experiment.section("dataset").text("binarization")).isEqualTo("static");
    assertThat(experiment.training().epochs()).isEqualTo(1000);
    assertThat(experiment.training().earlyStoppingEpochs()).isEqualTo(50);
    assertThat(experiment.evaluation().importanceSamples()).isEqualTo(5000);
  }

  @ParameterizedTest
  @CsvSource({
    "freyfaces-vampprior, 0.5, 0.02",
    "freyfaces-paper-vampprior, 0.5, 0.02",
    "mnist-vampprior, 0.05, 0.01",
    "mnist-paper-vampprior, 0.05, 0.01"
  })
  void pseudoInputsStartAsPublished(String name, double mean, double standardDeviation) {
    Experiment experiment = loader.load(name, List.of());

    assertThat(experiment.section("model.prior").longInteger("pseudo-inputs")).isEqualTo(500);
    assertThat(experiment.section("model.prior").text("init")).isEqualTo("normal");
    assertThat(experiment.section("model.prior").number("init-mean")).isEqualTo(mean);
    assertThat(experiment.section("model.prior").number("init-standard-deviation"))
        .isEqualTo(standardDeviation);
  }

  @ParameterizedTest
  @CsvSource({
    "freyfaces-paper-standard, 1565, 200, 200, shuffled",
    "freyfaces-paper-vampprior, 1565, 200, 200, shuffled",
    "mnist-paper-standard, 50000, 10000, 10000, given",
    "mnist-svae, 50000, 10000, 10000, given",
    "mnist-paper-vampprior, 50000, 10000, 10000, given"
  })
  void thePapersSplitsAreKept(
      String name, double training, double validation, double test, String order) {
    Experiment experiment = loader.load(name, List.of());

    assertThat(experiment.section("dataset").numbers("split"))
        .containsExactly(training, validation, test);
    assertThat(experiment.section("dataset").text("split-order")).isEqualTo(order);
  }
}
