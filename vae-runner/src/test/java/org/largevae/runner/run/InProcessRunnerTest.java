package org.largevae.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;
import org.largevae.core.results.PartitionResult;
import org.largevae.core.results.Results;
import org.largevae.runner.configuration.Experiment;

/** Whole runs, through the interfaces that the command uses. */
class InProcessRunnerTest {
  @TempDir Path temporary;
  private RunFixture runs;

  @BeforeEach
  void setUp() throws IOException {
    runs = new RunFixture(temporary);
  }

  @Test
  void leavesEverythingThatARunsFolderShouldHold() throws IOException {
    Path output = temporary.resolve("runs/one");
    Results results = runs.run(runs.experiment(), output);

    try (Stream<Path> entries = Files.list(output)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder(
              ".lock",
              "config.conf",
              "model.json",
              "provenance.json",
              "metrics.csv",
              "checkpoints",
              "figures",
              "report.html",
              "results.json");
    }
    assertThat(Files.readAllLines(output.resolve("metrics.csv"))).hasSize(1 + 3);
    assertThat(ImageIO.read(output.resolve("figures/generated.png").toFile())).isNotNull();
    assertThat(ImageIO.read(output.resolve("figures/pseudo-inputs.png").toFile())).isNotNull();
    assertThat(output.resolve("report.html")).content().contains("bars", "vampprior");
    assertThat(runs.loader().load(output.resolve("config.conf").toString(), List.of()).config())
        .isEqualTo(runs.experiment().config());
    assertThat(runs.loader().fromRun(output).config()).isEqualTo(runs.experiment().config());

    JsonObject provenance = json(output.resolve("provenance.json"));
    assertThat(provenance.get("seed").getAsLong()).isEqualTo(5);
    assertThat(provenance.get("device").getAsString()).isEqualTo("cpu");
    assertThat(provenance.get("djl").getAsString()).isEqualTo("0.35.1");
    assertThat(provenance.getAsJsonObject("data-sha256").size()).isGreaterThan(0);

    JsonObject found = json(output.resolve("results.json"));
    assertThat(found.keySet())
        .containsExactly(
            "dataset",
            "prior",
            "likelihood",
            "latentSize",
            "seed",
            "epochs",
            "bestEpoch",
            "test",
            "validation",
            "train",
            "parameters",
            "samples");
    JsonObject test = found.getAsJsonObject("test");
    assertThat(test.keySet())
        .contains(
            "nll",
            "bitsPerDim",
            "elbo",
            "reconstruction",
            "kl",
            "activeUnits",
            "importanceSamples",
            "examples");
    assertThat(test.get("nll").getAsDouble()).isEqualTo(results.test().nll()).isPositive();
    assertThat(test.get("importanceSamples").getAsInt()).isEqualTo(20);
    assertThat(test.get("examples").getAsInt()).isEqualTo(4);
    assertThat(test.get("activeUnits").isJsonNull()).as("of so few examples").isTrue();
    assertThat(test.getAsJsonObject("baseline").get("nll").getAsDouble()).isPositive();
    assertThat(results.test().elbo()).isNegative();
    assertThat(results.test().nll()).isLessThanOrEqualTo(-results.test().elbo());
    assertThat(found.getAsJsonObject("train").get("examplesPerSecond").getAsDouble()).isPositive();
    assertThat(results.epochs()).isEqualTo(3);
    assertThat(results.bestEpoch()).isBetween(1, 3);
  }

  @Test
  void resolvedConfigurationGivesTheSameNumbersAgain() {
    Results first = runs.run(runs.experiment(), temporary.resolve("first"));
    Experiment again = runs.loader().fromRun(temporary.resolve("first"));
    Results second = runs.run(again, temporary.resolve("second"));
    assertThat(second.test()).isEqualTo(first.test());
    assertThat(second.validation()).isEqualTo(first.validation());
    Results other = runs.run(runs.experiment("experiment.seed=6"), temporary.resolve("third"));
    assertThat(other.test().nll()).isNotEqualTo(first.test().nll());
  }

  @Test
  void openedRunEvaluatesSamplesReconstructsAndEncodes() throws Exception {
    Path output = temporary.resolve("run");
    Results results = runs.run(runs.experiment(), output);
    try (TrainedRun opened = runs.opener().open(output, "cpu", false)) {
      assertThat(evaluate(opened, 20)).isEqualTo(results.test());
      PartitionResult more = evaluate(opened, 200);
      assertThat(more.importanceSamples()).isEqualTo(200);
      assertThat(more.nll()).isCloseTo(results.test().nll(), within(5.0));

      float[][] generated = opened.vae().sample(7, 1);
      assertThat(generated).hasNumberOfRows(7);
      assertThat(opened.vae().sample(7, 1)).isDeepEqualTo(generated);
      assertThat(Arrays.deepEquals(opened.vae().sample(7, 2), generated)).isFalse();
      for (float[] picture : generated) {
        assertThat(picture).hasSize(20);
        for (float value : picture) {
          assertThat(value).isBetween(0f, 1f);
        }
      }
      float[][] originals = Arrays.copyOf(opened.test().rows(), 3);
      assertThat(opened.vae().reconstruct(originals)).hasNumberOfRows(3);
      assertThat(opened.vae().encode(opened.test().rows())).hasDimensions(4, 2);
    }
  }

  private static PartitionResult evaluate(TrainedRun run, int samples) {
    return run.vae()
        .evaluate(run.test(), run.experiment().evaluation(), samples, 5, done -> {})
        .result()
        .beside(run.baseline());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.likelihood.type=bernoulli | bernoulli | dataset.binarization",
        "model.prior.pseudo-inputs=33,model.prior.init=training-data | 33 | 32",
        "training.objective={type=elbo,kl=analytic} | analytic | use sampled",
        "experiment.device=gpu:9 | gpu:9 | no such GPU"
      })
  void settingsThatDoNotFitAreRefusedBeforeAFolderIsMade(
      String overrides, String value, String rule) {
    Path output = temporary.resolve("never");
    Experiment bad = runs.experiment(overrides.split(",(?![a-z]+=[a-z]+\\})"));
    assertThatThrownBy(() -> runs.run(bad, output))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(value)
        .hasMessageContaining(rule);
    assertThatThrownBy(() -> runs.plan(bad, output, false))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(value)
        .hasMessageContaining(rule);
    assertThat(output).doesNotExist();
  }

  @Test
  void aPlanSaysWhatTheRunDoesAndWritesNothing() throws IOException {
    Path output = temporary.resolve("runs/one");
    Experiment experiment = runs.experiment();
    List<Path> before = files();
    TrainingPlan plan = runs.plan(experiment, output, false);

    assertThat(files()).isEqualTo(before);
    assertThat(plan.kinds()).containsExactly("grey-level");
    assertThat(List.of(plan.trainingExamples(), plan.validationExamples(), plan.testExamples()))
        .containsExactly(32, 4, 4);
    assertThat(plan.stepsPerEpoch()).as("32 examples, 10 in a step").isEqualTo(4);
    assertThat(plan.components()).containsEntry("prior", "vampprior");
    Results results = runs.run(runs.experiment(), output);
    assertThat(plan.parameters()).isEqualTo(results.parameters()).isPositive();
    assertThatThrownBy(() -> runs.plan(runs.experiment(), output, false))
        .as("taken by now")
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("holds another run");
    List<Path> finished = files();
    assertThat(runs.plan(runs.experiment(), output, true).resume()).isTrue();
    assertThat(files()).isEqualTo(finished);
  }

  @Test
  void theBaselineOfPixelsIsInTheUnitsOfTheLikelihood() {
    Results levels = runs.run(runs.experiment(), temporary.resolve("levels"));
    Results densities =
        runs.run(runs.experiment("model.likelihood.type=gaussian"), temporary.resolve("densities"));
    // on a scale of 1 a density is about 256 times the probability of a level
    double difference = levels.test().baseline().nll() - densities.test().baseline().nll();
    assertThat(difference).isBetween(0.5 * 20 * Math.log(256), 1.5 * 20 * Math.log(256));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(temporary)) {
      return all.sorted().toList();
    }
  }

  @Test
  void missingDataLeavesNoFolder() {
    Path output = temporary.resolve("never");
    Experiment bad = runs.experiment("dataset.folder=nowhere");
    assertThatThrownBy(() -> runs.run(bad, output))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nowhere");
    assertThat(output).doesNotExist();
  }

  @Test
  void folderWithoutARunCannotBeOpened() {
    assertThatThrownBy(() -> runs.opener().open(runs.images(), "cpu", false))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is not the folder of a run or model");
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }
}
