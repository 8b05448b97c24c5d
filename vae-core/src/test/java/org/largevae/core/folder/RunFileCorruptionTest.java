package org.largevae.core.folder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKinds;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.OneLevelVae;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.registry.Registry;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.core.results.BaselineResult;
import org.largevae.core.results.ComponentUse;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.Fidelity;
import org.largevae.core.results.PartitionResult;
import org.largevae.core.results.Results;
import org.largevae.core.results.SampleResult;
import org.largevae.core.results.TrainingSpeed;
import org.largevae.core.testing.TinyData;
import org.largevae.core.testing.TinyModels;
import org.largevae.testing.corruption.CorruptFiles;

/** The small files of a run's folder that are read back. */
class RunFileCorruptionTest {
  private static final String[] JSON = {
    "{",
    "}",
    "[",
    "]",
    "[[",
    "{\"a\":",
    "\"",
    ",",
    ":",
    "null",
    "true",
    "\\u001b",
    "//",
    "/*",
    "0",
    "\"nll\":",
    "{\"format\":2,",
    "NaN",
    "'"
  };

  private static final String METRICS =
      """
      epoch,beta,training-loss,training-reconstruction,training-kl,validation-loss,\
      validation-reconstruction,validation-kl,seconds
      1,0.01,3.5,-3.25,1.0E-4,4.0,-3.0,1.0,0.250
      2,0.02,NaN,-1.0E10,1.0,Infinity,-3.0,1.0,12.500
      3,1.0,2.25,-2.5,0.5,3.5,-3.0,0.5,1.125
      """;

  private static final Registry REGISTRY = ServiceRegistry.of(List.of());

  @TempDir Path folder;

  private final CorruptFiles<Results> results =
      CorruptFiles.of("results.json", this::results, resultsFiles())
          .naming("results.json")
          .words(JSON)
          .judged(
              (content, read) -> {
                JsonObject tree =
                    JsonParser.parseString(new String(content, StandardCharsets.UTF_8))
                        .getAsJsonObject();
                assertThat(new Gson().toJson(read.epochs())).isEqualTo(integer(tree, "epochs"));
                JsonObject test = tree.getAsJsonObject("test");
                assertThat(read.test().nll()).isEqualTo(test.get("nll").getAsDouble());
                assertThat(read.test().kl()).isEqualTo(test.get("kl").getAsDouble());
                assertThat(new Gson().toJson(read.test().examples()))
                    .isEqualTo(integer(test, "examples"));
              });

  private final CorruptFiles<ModelDescription> description =
      CorruptFiles.of("model.json", this::description, descriptionFiles())
          .naming("model.json")
          .words(JSON)
          .judged(
              (content, read) -> {
                assertThat(read.data(folder, REGISTRY).dimensions()).isPositive();
                assertThat(read.latentSizes()).isNotNull();
                assertThat(read.components()).isNotNull();
              });

  /** A row that is damaged is left out; the others are read as they stand. */
  private final CorruptFiles<List<EpochMetrics>> metrics =
      CorruptFiles.of("metrics.csv", this::epochs, metricsFiles())
          .naming("metrics.csv")
          .words(",", "\n", "1,", "99999999999", "NaN", "-", "E", "\"", "=1+1", "\r\n", "1,1,1,1\n")
          .judged(
              (content, read) -> {
                String text = new String(content, StandardCharsets.ISO_8859_1);
                List<String> rows = text.lines().toList();
                for (EpochMetrics epoch : read) {
                  assertThat(epoch.epoch()).isNotNegative();
                  assertThat(rows).anyMatch(row -> row.matches("0*" + epoch.epoch() + ",.*"));
                }
              });

  @Test
  void damagedResultsGiveTheFilesNumbersOrAnError() {
    results.check();
  }

  @Test
  void damagedModelDescriptionGivesSizesOrAnError() {
    description.check();
  }

  @Test
  void damagedMetricsGiveTheirWholeRows() {
    metrics.check();
  }

  @MethodSource("resultsFiles")
  @FuzzTest
  void fuzzResults(byte[] content) {
    results.checkOne(content);
  }

  @MethodSource("descriptionFiles")
  @FuzzTest
  void fuzzModelDescription(byte[] content) {
    description.checkOne(content);
  }

  @MethodSource("metricsFiles")
  @FuzzTest
  void fuzzMetrics(byte[] content) {
    metrics.checkOne(content);
  }

  static byte[][] resultsFiles() {
    PartitionResult part =
        new PartitionResult(
            1794.25,
            1.5,
            4.62,
            -1800,
            -1700.5,
            98,
            40,
            1.7,
            50,
            9,
            new ComponentUse(500, 380, 222.4),
            "exact",
            null,
            new BaselineResult(2850, 7.34));
    TrainingSpeed speed = new TrainingSpeed(2.5, 3e3, 0.03);
    Fidelity fidelity = new Fidelity(0.9, 0.8, 1.1, 0.7);
    SampleResult samples = new SampleResult(197, 5, fidelity, fidelity, fidelity, 0.2);
    Results results =
        new Results(
            "digits", "vampprior", "bernoulli", 40, 7, 830, 808, part, part, speed, 9876L, samples);
    return new byte[][] {bytes(new Gson().toJson(results))};
  }

  static byte[][] descriptionFiles() {
    OneLevelVae vae = TinyModels.vae(TinyData.GREY_LEVEL);
    JsonObject configuration =
        JsonConfig.of(
            ConfigFactory.parseString("model { latent-size = 2, prior.type = vampprior }"));
    List<Column> columns =
        List.of(
            new Column("age", ValueKinds.COUNT, true),
            new Column("sex", ValueKinds.category(3), false));
    try (ParameterizedModel model =
        ModelFactory.forLoading(vae, ModelFactory.classNames(vae), Device.cpu())) {
      ModelDescription written = ModelDescription.ofExperiment(model, configuration);
      ModelDescription table =
          new ModelDescription(
              written.format(),
              DataJson.of(DataDescription.of(columns)),
              List.of(3, 2),
              written.components(),
              null,
              new JsonObject(),
              "ab12");
      return new byte[][] {bytes(written.toJson()), bytes(table.toJson())};
    }
  }

  static byte[][] metricsFiles() {
    return new byte[][] {bytes(METRICS)};
  }

  private static String integer(JsonObject object, String key) {
    return object.get(key).getAsBigDecimal().toBigIntegerExact().toString();
  }

  private Results results(byte[] content) throws IOException {
    Files.write(folder.resolve(RunRecords.RESULTS), content);
    return new RunRecords(folder).results().orElseThrow();
  }

  private ModelDescription description(byte[] content) throws IOException {
    Files.write(folder.resolve(ModelDescription.FILE), content);
    ModelDescription read = ModelDescription.read(folder);
    read.data(folder, REGISTRY);
    return read;
  }

  private List<EpochMetrics> epochs(byte[] content) throws IOException {
    Files.write(folder.resolve(RunRecords.METRICS), content);
    return new RunRecords(folder).epochs();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
