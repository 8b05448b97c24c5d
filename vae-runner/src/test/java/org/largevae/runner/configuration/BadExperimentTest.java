package org.largevae.runner.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.testing.FakeComponents;

/** What a user sees who made a mistake. */
class BadExperimentTest {
  @TempDir private Path folder;

  private final ExperimentLoader loader = new ExperimentLoader(FakeComponents.registry());
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("experiment.conf");
  }

  private String faults(String text, String... overrides) {
    try {
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
    ConfigurationException fault =
        catchThrowableOfType(
            ConfigurationException.class, () -> loader.load(file.toString(), List.of(overrides)));
    assertThat(fault).as("nothing was refused").isNotNull();
    return fault.getMessage();
  }

  @Test
  void anUnknownPriorNamesTheNearestAndWhatIsInstalled() {
    assertThat(faults("model {\n  prior { type = vamprior }\n}"))
        .isEqualTo(
            "model.prior.type = \"vamprior\": no such prior. Did you mean \"vampprior\"?"
                + " Installed: standard, vampprior. A prior from another jar must be on the class"
                + " path or in a plugin folder; see `vae plugins`. (from "
                + file
                + ": 2)");
  }

  @Test
  void anUnknownEncoderOnTheCommandLineSaysSo() {
    assertThat(faults("", "model.encoder.type=convolutional"))
        .isEqualTo(
            "model.encoder.type = \"convolutional\": no such encoder. Installed: gated-mlp."
                + " An encoder from another jar must be on the class path or in a plugin"
                + " folder; see `vae plugins`. (from the command line)");
  }

  @Test
  void keysOfAnUnknownComponentAreNotBlamedToo() {
    assertThat(faults("dataset { name = faces, size = 3 }")).hasLineCount(1).contains("faces");
  }

  @Test
  void anUnknownKeyNamesTheNearestAndItsLine() {
    assertThat(faults("model {\n  latent-sise = 40\n}"))
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "model.latent-sise = 40: unknown key. Did you mean \"model.latent-size\"? (from %s:"
                    + " 2)",
                file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "latent-size=10|latent-size = 10: unknown key. Did you mean \"model.latent-size\"?",
        "epochs=10|epochs = 10: unknown key. Did you mean \"training.epochs\"?",
        "modle.latent-size=10|modle: unknown key. Did you mean \"model\"?",
        "training.latent-size=1|training.latent-size = 1: unknown key. Did you mean"
            + " \"model.latent-size\"?",
        "model.prior.tails=paper|model.prior.tails = \"paper\": unknown key. Known in model.prior:"
            + " init, init-mean, pseudo-inputs, type.",
        "xyzzy.foo=10|xyzzy: unknown key. The sections are dataset, evaluation, experiment, model,"
            + " training.",
        "model.prior=5|model.prior = 5: must be a section, for example"
            + " model.prior { type = ... }",
        "training=5|training = 5: must be a section, for example training { batch-size = ... }",
        "training.epochs={a=1}|training.epochs: must be a single value, not a section",
        "training.epochs=[1]|training.epochs: must be a single value, not a list",
        "training.epochs=null|training.epochs = null: must have a value",
        "model.prior.type=[a]|model.prior.type: must be a single value, not a list",
        "model.latent-size=-4|model.latent-size = -4: must be at least 1",
        "model.latent-size=1.5|model.latent-size = 1.5: must be a whole number",
        "model.latent-size=many|model.latent-size = \"many\": must be a whole number",
        "training.epochs=0|training.epochs = 0: must be at least 1",
        "training.batch-size=0|training.batch-size = 0: must be at least 1",
        "training.warm-up-epochs=-1|training.warm-up-epochs = -1: must be at least 0",
        "training.samples=0|training.samples = 0: must be at least 1",
        "training.checkpoint-seconds=0|training.checkpoint-seconds = 0: must be above 0",
        "training.optimizer.learning-rate=0|training.optimizer.learning-rate = 0: must be above 0",
        "training.optimizer.beta1=1|training.optimizer.beta1 = 1: must be at least 0 and below 1",
        "training.optimizer.type=sgd|training.optimizer.type = \"sgd\": must be one of adam,"
            + " adam-normalized-gradient",
        "evaluation.importance-samples=0|evaluation.importance-samples = 0: must be at least 1",
        "experiment.seed=1e30|experiment.seed = 1.0E30: must be a whole number of 64 bits",
        "experiment.seed=a|experiment.seed = \"a\": must be a whole number",
        "experiment.device=tpu|experiment.device = \"tpu\": must be auto, cpu, gpu or gpu:N, for"
            + " example gpu:0",
        "experiment.threads=0|experiment.threads = \"0\": must be auto or a whole number between 1"
            + " and 1024",
        "experiment.name=|experiment.name = \"\": must not be blank",
        "dataset.binarization=statik|dataset.binarization = \"statik\": must be one of none,"
            + " static, dynamic, threshold; did you mean static?",
      })
  void aBadOverrideIsNamedWithItsRule(String override, String message) {
    assertThat(faults("", override)).isEqualTo(message + " (from the command line)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/b", "a\\b", ".hidden", "..", " x", "a\tb"})
  void aNameThatIsNoFolderNameIsRefused(String name) {
    assertThat(
            faults(
                "",
                String.format(Locale.ROOT, "experiment.name=\"%s\"", name.replace("\\", "\\\\"))))
        .contains("experiment.name", "must be usable as a folder's name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"training.epochs", "=3", "a..b=3", "=", ".a=3"})
  void anArgumentThatIsNoOverrideIsRefused(String argument) {
    assertThat(faults("", argument))
        .contains("\"" + argument + "\": must be KEY=VALUE")
        .hasLineCount(1);
  }

  @Test
  void allFaultsAreToldAtOnceInTheirOrder() {
    assertThat(
            faults(
                "model.latent-size = 0\nmodel.prior.typo = 3\ntraining.epoch = 3",
                "evaluation=1",
                "nonsense",
                "model.likelihood.type=gausian"))
        .isEqualTo(
            String.join(
                "\n",
                "\"nonsense\": must be KEY=VALUE, for example training.epochs=10 (from the command"
                    + " line)",
                String.format(
                    Locale.ROOT,
                    "model.prior.typo = 3: unknown key. Did you mean \"model.prior.type\"? (from"
                        + " %s: 2)",
                    file),
                String.format(
                    Locale.ROOT,
                    "training.epoch = 3: unknown key. Did you mean \"training.epochs\"? (from %s:"
                        + " 3)",
                    file),
                "evaluation = 1: must be a section, for example evaluation { batch-rows = ... }"
                    + " (from the command line)",
                "model.likelihood.type = \"gausian\": no such likelihood. Installed: bernoulli,"
                    + " discretized-logistic. A likelihood from another jar must be on the class"
                    + " path or in a plugin folder; see `vae plugins`. (from the command line)",
                String.format(
                    Locale.ROOT, "model.latent-size = 0: must be at least 1 (from %s: 1)", file)));
  }

  @Test
  void aKeyOfTheFormerComponentIsUnknownBesideAnother() {
    assertThat(faults("", "model.prior.type=standard", "model.prior.pseudo-inputs=9"))
        .isEqualTo(
            "model.prior.pseudo-inputs = 9: unknown key. Known in model.prior: type. (from the"
                + " command line)");
  }

  @Test
  void anUnknownPresetNamesTheNearestAndAll() {
    assertThatThrownBy(() -> loader.load("digits-vamprior", List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "\"digits-vamprior\": no such file or preset. Did you mean \"digits-vampprior\"?"
                + " Presets: ");
  }

  @Test
  void aFolderIsNoExperiment() {
    assertThatThrownBy(() -> loader.load(folder.toString(), List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(folder + ": is a folder; give an experiment's file or the name of a preset");
  }

  @Test
  void aFileThatIsNoTextIsRefused() throws IOException {
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(() -> loader.load(file.toString(), List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(file + ": is not a text file in UTF-8");
  }

  @Test
  void aSyntaxErrorNamesItsLine() {
    assertThat(faults("model {\n  latent-size = [1,\n}"))
        .isEqualTo(
            file
                + ": 3: cannot be read as HOCON: List should have had new element after a"
                + " comma, instead had token: '}'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"other.conf\"",
        "include file(\"other.conf\")",
        "include url(\"http://localhost:1/other.conf\")",
        "include classpath(\"reference.conf\")",
        "include required(file(\"other.conf\"))",
        "model { include \"other\" }"
      })
  void includesAreRefused(String include) throws IOException {
    Files.writeString(folder.resolve("other.conf"), "training.epochs = 3");

    assertThat(faults(include))
        .startsWith(file + ": include \"")
        .endsWith(": an experiment is one file; copy what it needs into it");
  }

  @Test
  void theEnvironmentIsNotRead() {
    assertThat(faults("a = 1\nexperiment.name = ${PATH}"))
        .isEqualTo(
            file
                + ": 2: ${PATH} names no key of this file; the environment is not read, so that a"
                + " run can be repeated");
  }

  @Test
  void aKeyThatHasToBeGivenNamesItsSource() {
    assertThatThrownBy(() -> loader.load("digits-vampprior", List.of("dataset.name=images")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("dataset.folder: is missing; it must be a text (from the command line)");
  }
}
