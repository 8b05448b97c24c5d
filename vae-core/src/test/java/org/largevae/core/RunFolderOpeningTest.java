package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
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
import org.largevae.core.testing.TinyData;

/** The folder that an experiment leaves, as an application opens it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunFolderOpeningTest {
  @TempDir Path temporary;
  private Path original;
  private float[][] encodings;
  private Path run;

  @BeforeAll
  void train(@TempDir Path folder) {
    original = folder.resolve("run");
    try (TrainedVae vae = TinyRuns.train(original, TinyData.GREY_LEVEL)) {
      encodings = vae.encode(TinyData.GREY_LEVEL.rows(5, 2));
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
      assertThat(vae.encode(TinyData.GREY_LEVEL.rows(5, 2))).isDeepEqualTo(encodings);
      assertThat(vae.data()).isEqualTo(TinyData.GREY_LEVEL.description());
    }
    try (TrainedVae vae = TrainedVae.at(run).device("cpu").threads(1).open()) {
      assertThat(vae.encode(TinyData.GREY_LEVEL.rows(5, 2))).isDeepEqualTo(encodings);
    }
  }

  @Test
  void savedModelIsTheTrainedOne() {
    Path saved = temporary.resolve("saved");
    float[][] examples = TinyData.GREY_LEVEL.rows(5, 2);
    try (TrainedVae vae = TrainedVae.open(run)) {
      vae.save(saved);
    }
    for (int again = 0; again < 2; again++) {
      try (TrainedVae vae = TrainedVae.open(saved)) {
        assertThat(vae.encode(examples)).isDeepEqualTo(encodings);
        assertThat(vae.data()).isEqualTo(TinyData.GREY_LEVEL.description());
        vae.save(saved);
      }
    }
    try (TrainedVae vae = TrainedVae.open(saved)) {
      assertThatThrownBy(() -> vae.save(run))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("holds another run");
    }
  }

  @Test
  void damageToSavedWeightsIsNoticed() throws IOException {
    Path saved = temporary.resolve("saved");
    try (TrainedVae vae = TrainedVae.open(run)) {
      vae.save(saved);
    }
    Path weights = saved.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    assertThatThrownBy(() -> TrainedVae.open(saved))
        .isInstanceOf(DataException.class)
        .hasMessage(weights + ": is damaged, its checksum is not that of model.json");
  }

  @Test
  void trainingWithoutAFolderGivesTheSameModel() {
    float[][] examples = TinyData.GREY_LEVEL.rows(5, 2);
    Path folder = temporary.resolve("java");
    try (TrainedVae without = TinyVaes.train(TinyData.GREY_LEVEL);
        TrainedVae with = TinyVaes.trainer(TinyData.GREY_LEVEL).folder(folder).train();
        TrainedVae opened = TinyVaes.vae(TinyData.GREY_LEVEL).open(folder)) {
      assertThat(with.encode(examples)).isDeepEqualTo(without.encode(examples));
      assertThat(opened.encode(examples)).isDeepEqualTo(without.encode(examples));
    }
  }

  @Test
  void datasetOfTheRunNeedNotBeInstalled() throws IOException {
    assertThat(run.resolve("model.json")).content().contains("of-a-plugin");
    TrainedVae.open(run).close();
  }

  @Test
  void folderThatHoldsNoRunIsRefused() throws IOException {
    assertThatThrownBy(() -> TrainedVae.open(run.resolve("nowhere")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(run.resolve("nowhere") + ": there is no such folder");
    assertThatThrownBy(() -> TrainedVae.open(run.resolve("checkpoints")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is not the folder of a run or model; it has no model.json");
  }

  @Test
  void runOfAnotherVersionIsRefused() throws IOException {
    replace("model.json", "\"format\": 3", "\"format\": 4");
    assertThatThrownBy(() -> TrainedVae.open(run))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("model.json: has format 4, but this version reads format 3")
        .hasMessageContaining("use the version that wrote it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"pseudo-inputs\": 4; model.prior.temperature",
        "\"latent-size\": 2; model.temperature"
      })
  void keyOfANewerVersionIsRefused(String beside, String key) throws IOException {
    replace("model.json", beside, beside + ", \"temperature\": 2");
    assertThatThrownBy(() -> TrainedVae.open(run))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("model.json: is damaged: " + key + " = 2: unknown key");
  }

  @Test
  void weightsOfAnotherShapeAreRefusedWithBothShapes() throws IOException {
    replace("model.json", "\"pseudo-inputs\": 4", "\"pseudo-inputs\": 5");
    assertThatThrownBy(() -> TrainedVae.open(run))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("best.safetensors")
        .hasMessageContaining("prior.")
        .hasMessageContaining("(4, 6)")
        .hasMessageContaining("(5, 6)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"hidden\"; {{{; is damaged: it is not the JSON that was written",
        "\"latentSizes\"; \"latent\"; is damaged: it lacks what the data, the latents or",
        "\"encoder\": \\{; \"encodes\": {; is damaged: model.encoder: is missing",
        "\"of-a-plugin\"; \"of-a-plugin\", \"threshold\": \"half\"; is damaged: dataset.threshold =",
        "\"model\": \\{; \"models\": {; is damaged: model: is missing",
        "\"kind\": \"grey-level\"; \"kind\": 7; is damaged: kind = \"7\": no such value kind",
        "\"latent-size\": 2; \"latent-size\": 3; is damaged: its configuration is of a model with"
            + " latents of the sizes [3], not [2]",
      })
  void damageIsNamed(String part, String replacement, String message) throws IOException {
    replace("model.json", part, replacement);
    assertThatThrownBy(() -> TrainedVae.open(run))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("model.json: " + message);
  }

  /** Opened by an application, a folder of somebody else's must not read files of one's own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "include file(\"OTHER\")",
        "include \"OTHER\"",
        "include url(\"file:OTHER\")",
        "model { include required(file(\"OTHER\")) }",
        "model.latent-size = ${HOME}",
        "{{{"
      })
  void configurationForPeopleIsNotRead(String text) throws IOException {
    Path other = Files.writeString(temporary.resolve("other.conf"), "model.latent-size = 3");
    Files.writeString(run.resolve("config.conf"), text.replace("OTHER", other.toString()));
    try (TrainedVae vae = TrainedVae.open(run)) {
      assertThat(vae.encode(TinyData.GREY_LEVEL.rows(5, 2))).isDeepEqualTo(encodings);
    }
  }

  @Test
  void environmentAndSystemPropertiesAreNotReadIntoIt() throws IOException {
    for (String substitution : List.of("HOME", "user.home", "java.version")) {
      String text = "\"${" + substitution + "}\"";
      replace(
          "model.json",
          "\"latent-size\": [^,]*",
          Matcher.quoteReplacement("\"latent-size\": " + text));
      assertThatThrownBy(() -> TrainedVae.open(run))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("model.latent-size = " + text + ": must be a whole number");
    }
  }

  /** Sizes in text files must not make anybody allocate what the weights do not have. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"height\": 2; \"height\": 2000000000; is damaged",
        "\"height\": 2; \"height\": 100000000; is too small for the model",
        "\"latent-size\": 2; \"latent-size\": 2147483647; is damaged",
        "\"latent-size\": 2; \"latent-size\": 100000000; is damaged",
        "\"height\": 2; \"height\": -2; is damaged",
        "\"width\": 3; \"width\": 4294967299; is damaged",
        "\"width\": 3; \"wide\": 3; it lacks data.width",
        "\"pseudo-inputs\": 4; \"pseudo-inputs\": 2000000000; is too small for the model",
        "\"hidden\": \\[\\s*8; \"hidden\": [100000; is too small for the model",
        "\"hidden\": \\[\\s*8; \"hidden\": [2147483647; is too small for the model",
      })
  void sizesThatTheWeightsDoNotHaveAreRefused(String part, String replacement, String message)
      throws IOException {
    replace("model.json", part, replacement);
    assertThatThrownBy(() -> TrainedVae.open(run))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void componentThatIsNotInstalledIsNamed() throws IOException {
    replace("model.json", "\"type\": \"vampprior\"", "\"type\": \"exotic\"");
    assertThatThrownBy(() -> TrainedVae.open(run))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("model.prior.type = \"exotic\": no such prior")
        .hasMessageContaining("standard, uniform-sphere, vampprior");
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

  private void replace(String file, String pattern, String replacement) throws IOException {
    String before = Files.readString(run.resolve(file));
    String after = before.replaceFirst(pattern, replacement);
    assertThat(after).isNotEqualTo(before);
    Files.writeString(run.resolve(file), after);
  }
}
