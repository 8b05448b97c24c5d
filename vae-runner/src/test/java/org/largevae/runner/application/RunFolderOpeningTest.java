package org.largevae.runner.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;
import org.largevae.api.data.Support;
import org.largevae.core.preparation.Preparation;
import org.largevae.runner.experiment.ExperimentLoader;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.runner.run.DefaultRunOpener;
import org.largevae.runner.run.TrainedRun;
import org.largevae.core.testing.TinyModels;

/** The folder that a trainer leaves, as an application and as the command open it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunFolderOpeningTest {
  @TempDir Path temporary;
  private Path original;
  private float[][] encodings;
  private Path run;

  @BeforeAll
  void train(@TempDir Path folder) {
    original = folder.resolve("run");
    try (TrainedVae vae = TinyVaes.trainer(Support.PIXEL_256).output(original).train()) {
      encodings = vae.encode(TinyVaes.examples(Support.PIXEL_256, 5, 2));
    }
  }

  @BeforeEach
  void copy() throws IOException {
    run = temporary.resolve("run");
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.toList()) {
        Files.copy(file, run.resolve(original.relativize(file).toString()));
      }
    }
  }

  @AfterEach
  void delete() throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void openedModelIsTheTrainedOne() {
    try (TrainedVae vae = TrainedVae.open(run)) {
      assertThat(vae.encode(TinyVaes.examples(Support.PIXEL_256, 5, 2))).isDeepEqualTo(encodings);
      assertThat(vae.shape()).isEqualTo(TinyModels.DATA);
    }
    try (TrainedVae vae = TrainedVae.at(run).device("cpu").threads(1).open()) {
      assertThat(vae.encode(TinyVaes.examples(Support.PIXEL_256, 5, 2))).isDeepEqualTo(encodings);
    }
  }

  @Test
  void trainingWithoutAFolderGivesTheSameModel() {
    try (TrainedVae vae = TinyVaes.train(Support.PIXEL_256)) {
      assertThat(vae.encode(TinyVaes.examples(Support.PIXEL_256, 5, 2))).isDeepEqualTo(encodings);
    }
  }

  @Test
  void testExamplesScoreAsInTheRunsResults() throws IOException {
    TrainingData data =
        TrainingData.of(
            TinyVaes.examples(Support.PIXEL_256, 60, 1), TinyModels.DATA, Support.PIXEL_256);
    float[] test =
        new Preparation(loader().fromRunFolder(run.resolve("config.conf")).dataset())
            .prepare(data.dataset())
            .test()
            .values();
    float[][] rows = new float[test.length / 6][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(test, 6 * i, 6 * i + 6));
    double nll =
        JsonParser.parseString(Files.readString(run.resolve("results.json")))
            .getAsJsonObject()
            .getAsJsonObject("test")
            .get("nll")
            .getAsDouble();
    try (TrainedVae vae = TrainedVae.open(run)) {
      double mean = Arrays.stream(vae.logLikelihood(rows, 20, 3)).average().orElseThrow();
      assertThat(mean).isCloseTo(-nll, within(1e-9));
    }
  }

  @Test
  void commandOpensItAndSaysThatTheDataAreNotInIt() {
    DefaultRunOpener opener =
        new DefaultRunOpener(new ServiceRegistry(getClass().getClassLoader()), loader(), null);
    try (TrainedRun opened = opener.open(run, "cpu");
        TrainedVae vae = TrainedVae.open(run)) {
      float[][] sample = vae.sample(3, 4);
      List<float[]> pictures = opened.sample(3, 4);
      for (int i = 0; i < 3; i++) {
        assertThat(pictures.get(i)).isEqualTo(sample[i]);
      }
      assertThatThrownBy(() -> opened.evaluateTest(5, 1))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("dataset in-memory: only the application")
          .hasMessageContaining("TrainedVae");
    }
  }

  @Test
  void datasetOfTheRunNeedNotBeInstalled() throws IOException {
    replace("config.conf", "name=\"?in-memory\"?", "name=of-a-plugin");
    TrainedVae.open(run).close();
  }

  @Test
  void folderThatHoldsNoRunIsRefused() {
    assertThatThrownBy(() -> TrainedVae.open(run.resolve("nowhere")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(run.resolve("nowhere") + ": there is no such folder");
    assertThatThrownBy(() -> TrainedVae.open(run.resolve("figures")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is not a run's folder; it has no config.conf");
  }

  @Test
  void runOfANewerVersionIsRefused() throws IOException {
    replace("model.json", "\"format\": 1", "\"format\": 2");
    assertThatThrownBy(() -> TrainedVae.open(run))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("model.json: has format 2, but this version reads format 1")
        .hasMessageContaining("use the version that wrote it");
  }

  @Test
  void keyOfANewerVersionIsRefused() throws IOException {
    replace("config.conf", "pseudo-inputs=4", "pseudo-inputs=4\n    temperature=2");
    assertThatThrownBy(() -> TrainedVae.open(run))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("config.conf: model.prior has keys")
        .hasMessageContaining("[temperature]");
  }

  @Test
  void weightsOfAnotherShapeAreRefusedWithBothShapes() throws IOException {
    replace("config.conf", "pseudo-inputs=4", "pseudo-inputs=5");
    assertThatThrownBy(() -> TrainedVae.open(run))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("best.safetensors")
        .hasMessageContaining("prior.")
        .hasMessageContaining("(4, 6)")
        .hasMessageContaining("(5, 6)");
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    replace("config.conf", "hidden", "{{{");
    assertThatThrownBy(() -> TrainedVae.open(run))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("config.conf: is damaged");
    Files.writeString(run.resolve("config.conf"), "model.latent-size = 2");
    assertThatThrownBy(() -> TrainedVae.open(run))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("config.conf: is damaged")
        .hasMessageContaining("encoder");
    Files.delete(run.resolve("model.json"));
    assertThatThrownBy(() -> TrainedVae.open(run))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("model.json");
  }

  /** Opened by an application, a folder of somebody else's must not read files of one's own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "include file(\"OTHER\")",
        "include \"OTHER\"",
        "include url(\"file:OTHER\")",
        "include classpath(\"org/largevae/runner/experiment/experiment-defaults.conf\")",
        "model { include required(file(\"OTHER\")) }"
      })
  void includesInItsConfigurationAreRefused(String include) throws IOException {
    Path other = Files.writeString(temporary.resolve("other.conf"), "model.latent-size = 2");
    Path config = run.resolve("config.conf");
    String written = include.replace("OTHER", other.toString());
    Files.writeString(config, Files.readString(config) + "\n" + written + "\n");
    assertThatThrownBy(() -> TrainedVae.open(run))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(config + ": is damaged: include \"");
  }

  @Test
  void environmentAndSystemPropertiesAreNotReadIntoIt() throws IOException {
    for (String substitution : List.of("HOME", "user.home", "java.version")) {
      replace("config.conf", "latent-size=.*", "latent-size=\\${" + substitution + "}");
      assertThatThrownBy(() -> TrainedVae.open(run))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("${" + substitution + "} names no key of this file");
    }
  }

  /** Sizes in text files must not make anybody allocate what the weights do not have. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "model.json; \"height\": 2; \"height\": 2000000000; is damaged",
        "model.json; \"height\": 2; \"height\": 100000000; is too small for the model",
        "model.json; \"latentSize\": 2; \"latentSize\": 2147483647; is damaged",
        "model.json; \"latentSize\": 2; \"latentSize\": 100000000; is too small for the model",
        "model.json; \"height\": 2; \"height\": -2; is damaged",
        "model.json; \"width\": 3; \"width\": 4294967299; is damaged",
        "model.json; \"width\": 3; \"wide\": 3; it lacks width",
        "config.conf; pseudo-inputs=4; pseudo-inputs=2000000000; is too small for the model",
        "config.conf; 8$; 100000; is too small for the model",
        "config.conf; 8$; 2147483647; is too small for the model",
      })
  void sizesThatTheWeightsDoNotHaveAreRefused(
      String file, String part, String replacement, String message) throws IOException {
    replace(file, "(?m)" + part, replacement);
    assertThatThrownBy(() -> TrainedVae.open(run))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void componentThatIsNotInstalledIsNamed() throws IOException {
    replace("config.conf", "type=\"?vampprior\"?", "type=exotic");
    assertThatThrownBy(() -> TrainedVae.open(run))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("model.prior.type = \"exotic\": no such prior")
        .hasMessageContaining("standard, vampprior");
  }

  @Test
  void badOptionsAreRefused() {
    assertThatThrownBy(() -> TrainedVae.at(run).device("gpu:77").open())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("gpu:77");
    assertThatThrownBy(() -> TrainedVae.at(run).threads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads = 0: must be at least 1");
  }

  private static ExperimentLoader loader() {
    return new ExperimentLoader(new ServiceRegistry(RunFolderOpeningTest.class.getClassLoader()));
  }

  private void replace(String file, String pattern, String replacement) throws IOException {
    String before = Files.readString(run.resolve(file));
    String after = before.replaceFirst(pattern, replacement);
    assertThat(after).isNotEqualTo(before);
    Files.writeString(run.resolve(file), after);
  }
}
