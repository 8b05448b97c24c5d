package org.largevae.runner.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.evaluation.EvaluationSettings;
import org.largevae.core.testing.FakeComponents;
import org.largevae.core.training.OptimizerSettings;
import org.largevae.core.training.OptimizerSettings.Type;
import org.largevae.core.training.TrainingSettings;
import org.largevae.core.training.TrainingSettings.BetaSchedule;

class ExperimentLoaderTest {
  @TempDir private Path folder;

  private final ExperimentLoader loader = new ExperimentLoader(FakeComponents.registry());

  private Experiment load(String text, String... overrides) {
    return loader.load(file(text).toString(), List.of(overrides));
  }

  private Path file(String text) {
    try {
      return Files.writeString(folder.resolve("experiment.conf"), text);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void anEmptyFileGivesTheDefaults() {
    Experiment experiment = load("");

    assertThat(experiment.name()).isEqualTo("experiment");
    assertThat(experiment.seed()).isEqualTo(1);
    assertThat(experiment.device()).isEqualTo("auto");
    assertThat(experiment.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(experiment.training())
        .isEqualTo(
            new TrainingSettings(
                100,
                100,
                1,
                1,
                BetaSchedule.LINEAR,
                0,
                50,
                0,
                20,
                new OptimizerSettings(Type.ADAM_NORMALIZED_GRADIENT, 5e-4, 0.9, 0.999, 1e-8)));
    assertThat(experiment.evaluation()).isEqualTo(new EvaluationSettings(500, 100, 2000));
    assertThat(experiment.section("model").longInteger("latent-size")).isEqualTo(40);
    assertThat(experiment.dataset()).isEqualTo("digits");
    assertThat(experiment.section("dataset").numbers("split")).containsExactly(0.8, 0.1, 0.1);
    assertThat(experiment.prior()).isEqualTo("vampprior");
    assertThat(experiment.section("model.prior").longInteger("pseudo-inputs")).isEqualTo(500);
    assertThat(experiment.section("model.encoder").text("type")).isEqualTo("gated-mlp");
    assertThat(experiment.likelihood()).isEqualTo("bernoulli");
  }

  @Test
  void theCommandLineGoesOverTheFileAndTheFileOverTheDefaults() {
    Experiment experiment =
        load(
            "training { epochs = 7, batch-size = 8 }, model.prior.pseudo-inputs = 3",
            "training.epochs=9",
            "experiment.seed=1",
            "experiment.seed=2");

    assertThat(experiment.training().epochs()).isEqualTo(9);
    assertThat(experiment.training().batchSize()).isEqualTo(8);
    assertThat(experiment.seed()).isEqualTo(2);
    assertThat(experiment.section("model.prior").longInteger("pseudo-inputs")).isEqualTo(3);
    assertThat(experiment.section("model.prior").number("init-mean")).isEqualTo(0.05);
  }

  @Test
  void anotherComponentLeavesTheKeysOfTheFormerBehind() {
    Experiment experiment =
        load(
            "model { prior { pseudo-inputs = 3 }, likelihood { type = discretized-logistic,"
                + " tails = paper } }",
            "model.prior.type=standard",
            "model.likelihood.type=bernoulli");

    assertThat(experiment.config().getConfig("model.prior"))
        .isEqualTo(ConfigFactory.parseString("type = standard"));
    assertThat(experiment.config().getConfig("model.likelihood"))
        .isEqualTo(ConfigFactory.parseString("type = bernoulli"));
  }

  @Test
  void namingTheSameComponentAgainKeepsItsKeys() {
    Experiment experiment = load("model.prior { pseudo-inputs = 3 }", "model.prior.type=vampprior");

    assertThat(experiment.section("model.prior").longInteger("pseudo-inputs")).isEqualTo(3);
  }

  @Test
  void anotherDatasetKeepsThePreparation() {
    Experiment experiment =
        load(
            "dataset { name = images, folder = pictures, width = 9, binarization = static }",
            "dataset.name=freyfaces");

    assertThat(experiment.section("dataset").text("binarization")).isEqualTo("static");
    assertThat(experiment.dataset()).isEqualTo("freyfaces");
    assertThat(experiment.config().hasPath("dataset.folder")).isFalse();
    assertThat(experiment.config().hasPath("dataset.width")).isFalse();
  }

  @Test
  void aFileMayReferToItsOwnKeys() {
    Experiment experiment = load("training { epochs = 30, warm-up-epochs = ${training.epochs} }");

    assertThat(experiment.training().warmUpEpochs()).isEqualTo(30);
  }

  @Test
  void threadsAreResolvedToANumber() {
    assertThat(load("", "experiment.threads=3").threads()).isEqualTo(3);
    assertThat(load("").config().getInt("experiment.threads"))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/home/me/a b/c",
        "//server/pictures",
        "http://example.org",
        "a#b",
        "a, width = 3",
        "C:\\pictures",
        "x=y",
        "${HOME}",
        "]",
        "007",
        "1.10",
        "a\nwidth=3",
        "{"
      })
  void anOverrideThatIsNoHoconIsPlainText(String value) {
    Experiment experiment = load("dataset.name = images", "dataset.folder=" + value);

    assertThat(experiment.section("dataset").text("folder")).isEqualTo(value);
    assertThat(experiment.section("dataset").longInteger("width")).isEqualTo(28);
  }

  @Test
  void anOverrideIsReadAsHoconWhereItIs() {
    Experiment experiment =
        load(
            "dataset.name = images",
            "dataset.folder=\" quoted # text \"",
            "model.encoder.hidden=[10, 20]",
            "model.decoder={ hidden = [5], activation { scale = 2 } }",
            "training.optimizer.learning-rate=1e-3");

    assertThat(experiment.section("dataset").text("folder")).isEqualTo(" quoted # text ");
    assertThat(experiment.section("model.encoder").integers("hidden")).containsExactly(10, 20);
    assertThat(experiment.section("model.decoder").integers("hidden")).containsExactly(5);
    assertThat(experiment.section("model.decoder").section("activation").text("type"))
        .isEqualTo("sigmoid");
    assertThat(experiment.training().optimizer().learningRate()).isEqualTo(1e-3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true", "null", "10", "1e3", "007", "1.10", " lead", "#c", "//x", "include", "${x}",
        "\"q\"", "a\nb", "\\", "ü😀", "a,b", "{", "[", "=", "-", "'''", "\"\"\"", "5 m", "\uFEFF"
      })
  void aRenderedExperimentLoadsAsAnEqualOne(String text) throws IOException {
    String quoted = com.typesafe.config.ConfigUtil.quoteString(text);
    Experiment experiment =
        load(
            "dataset { name = images, folder = " + quoted + " }",
            "experiment.seed=-9223372036854775808",
            "experiment.name=007",
            "training.optimizer.epsilon=1e-300",
            "model.encoder.hidden=[1]");
    Path written = Files.writeString(folder.resolve("config.conf"), loader.render(experiment));

    Experiment again = loader.load(written.toString(), List.of());

    assertThat(again.config()).isEqualTo(experiment.config());
    assertThat(again.name()).isEqualTo("007");
    assertThat(again.seed()).isEqualTo(Long.MIN_VALUE);
    assertThat(again.section("dataset").text("folder")).isEqualTo(text);
    assertThat(again.training()).isEqualTo(experiment.training());
    assertThat(loader.render(again)).isEqualTo(loader.render(experiment));
  }

  @Test
  void theResolvedConfigurationHasEveryKey() {
    Experiment experiment = load("dataset { name = images, folder = pictures }");

    assertThat(loader.render(experiment))
        .contains("folder=pictures", "split=[", "pseudo-inputs=500", "batch-rows=2000", "scale=1");
  }

  @Test
  void aFolderWithoutARunIsRefused() {
    assertThatThrownBy(() -> loader.fromRun(folder))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(folder + ": is not the folder of a run or model; it has no model.json");
  }
}
