package org.largevae.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;
import org.largevae.datasets.files.DataPlaces;
import org.largevae.datasets.files.StandardDataFiles;
import org.largevae.runner.experiment.Experiment;
import org.largevae.runner.experiment.ExperimentLoader;
import org.largevae.runner.registry.Registry;
import org.largevae.runner.registry.ServiceRegistry;
import org.largevae.runner.results.PartitionResult;
import org.largevae.runner.results.Results;
import org.largevae.runner.testing.ImageFolder;
import org.largevae.runner.training.TrainingInterruptedException;
import org.largevae.runner.training.TrainingListener;

/** Whole runs on a folder of 40 small pictures, through the interfaces that the command uses. */
class DefaultExperimentRunnerTest {
  private static final BooleanSupplier NEVER = () -> false;

  @TempDir Path temporary;
  private Path images;
  private ExperimentLoader loader;
  private DefaultExperimentRunner runner;
  private DefaultRunOpener opener;

  @BeforeEach
  void setUp() throws IOException {
    images = ImageFolder.create(temporary.resolve("images"), 40);
    Registry registry = new ServiceRegistry(getClass().getClassLoader());
    loader = new ExperimentLoader(registry);
    DataPlaces places =
        new DataPlaces(
            getClass().getClassLoader(), List.of(), temporary.resolve("cache"), temporary, true);
    StandardDataFiles files =
        new StandardDataFiles(
            places,
            (file, folder) -> {
              throw new DataException("tests download nothing");
            });
    runner = new DefaultExperimentRunner(registry, loader, files);
    opener = new DefaultRunOpener(registry, loader, files);
  }

  @Test
  void leavesEverythingThatARunsFolderShouldHold() throws IOException {
    Path output = temporary.resolve("runs/one");
    Results results = run(experiment(), output, false);

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
    assertThat(loader.fromRunFolder(output.resolve("config.conf")).config())
        .isEqualTo(experiment().config());

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
            "train");
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
    assertThat(results.test().elbo()).isNegative();
    assertThat(results.test().nll()).isLessThanOrEqualTo(-results.test().elbo());
    assertThat(found.getAsJsonObject("train").get("examplesPerSecond").getAsDouble()).isPositive();
    assertThat(results.epochs()).isEqualTo(3);
    assertThat(results.bestEpoch()).isBetween(1, 3);
  }

  @Test
  void resolvedConfigurationGivesTheSameNumbersAgain() {
    Results first = run(experiment(), temporary.resolve("first"), false);
    Experiment again = loader.fromRunFolder(temporary.resolve("first/config.conf"));
    Results second = run(again, temporary.resolve("second"), false);
    assertThat(second.test()).isEqualTo(first.test());
    assertThat(second.validation()).isEqualTo(first.validation());
    Results other = run(experiment("experiment.seed=6"), temporary.resolve("third"), false);
    assertThat(other.test().nll()).isNotEqualTo(first.test().nll());
  }

  @Test
  void interruptedAndResumedRunGivesTheSameNumbers() {
    Results undisturbed = run(experiment(), temporary.resolve("whole"), false);
    Path output = temporary.resolve("cut");
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(
            () ->
                runner.run(
                    experiment(),
                    output,
                    false,
                    new TrainingListener() {},
                    () -> asked.incrementAndGet() > 6))
        .isInstanceOf(TrainingInterruptedException.class);
    assertThat(output.resolve("results.json")).doesNotExist();
    Results resumed = run(experiment(), output, true);
    assertThat(resumed.test()).isEqualTo(undisturbed.test());
    assertThat(resumed.bestEpoch()).isEqualTo(undisturbed.bestEpoch());
  }

  @Test
  void interruptedEvaluationKeepsTheTrainingAndEndsWithTheSameNumbers() {
    Results undisturbed = run(experiment(), temporary.resolve("whole"), false);
    Path output = temporary.resolve("cut");
    AtomicBoolean evaluating = new AtomicBoolean();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onPhase(String description) {
            evaluating.compareAndSet(false, description.startsWith("evaluating"));
          }
        };
    assertThatThrownBy(() -> runner.run(experiment(), output, false, listener, evaluating::get))
        .isInstanceOf(TrainingInterruptedException.class)
        .hasMessageContaining("interrupted while evaluating the validation examples")
        .hasMessageContaining("--resume");
    assertThat(output.resolve("results.json")).doesNotExist();
    assertThat(run(experiment(), output, true).test()).isEqualTo(undisturbed.test());
  }

  @Test
  void runThatAnotherProcessBeganMeanwhileIsNotTakenOver() {
    Path output = temporary.resolve("run");
    TrainingListener other =
        new TrainingListener() {
          @Override
          public void onPhase(String description) {
            if (description.startsWith("loading")) {
              try {
                Files.createDirectories(output);
                Files.writeString(output.resolve("config.conf"), "theirs");
              } catch (IOException failure) {
                throw new IllegalStateException(failure);
              }
            }
          }
        };
    assertThatThrownBy(() -> runner.run(experiment(), output, false, other, NEVER))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("holds another run");
    assertThat(output.resolve("config.conf")).hasContent("theirs");
  }

  @Test
  void folderInUseIsToldWithItsHolderBeforeAnythingIsLoaded() {
    Path output = temporary.resolve("run");
    run(experiment(), output, false);
    List<String> phases = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onPhase(String description) {
            phases.add(description);
          }
        };
    try (RunFolder held = RunFolder.open(output)) {
      for (boolean resume : new boolean[] {true, false}) {
        assertThatThrownBy(() -> runner.run(experiment(), output, resume, listener, NEVER))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
      }
    }
    assertThat(phases).isEmpty();
  }

  @Test
  void resultsOfFewerEpochsDoNotPassForThoseOfALongerTraining() {
    Path output = temporary.resolve("run");
    run(experiment(), output, false);
    Experiment longer = experiment("training.epochs=5");
    assertThatThrownBy(
            () -> runner.run(longer, output, true, new TrainingListener() {}, () -> true))
        .isInstanceOf(TrainingInterruptedException.class);
    assertThat(output.resolve("results.json")).doesNotExist();
    assertThat(output.resolve("report.html")).doesNotExist();
  }

  @Test
  void resumingGoesOnWithMoreEpochsButNotWithAnotherModel() {
    Path output = temporary.resolve("run");
    run(experiment(), output, false);
    Results longer = run(experiment("training.epochs=5"), output, true);
    assertThat(longer.epochs()).isEqualTo(5);
    assertThat(longer.test())
        .isEqualTo(run(experiment("training.epochs=5"), temporary.resolve("x"), false).test());
    assertThatThrownBy(() -> run(experiment("model.latent-size=3"), output, true))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("these keys differ: model.latent-size");
  }

  @Test
  void openedRunEvaluatesSamplesReconstructsAndEncodes() throws Exception {
    Path output = temporary.resolve("run");
    Results results = run(experiment(), output, false);
    try (TrainedRun opened = opener.open(output, "cpu")) {
      assertThat(opened.evaluateTest(20, 5)).isEqualTo(results.test());
      PartitionResult more = opened.evaluateTest(200, 5);
      assertThat(more.importanceSamples()).isEqualTo(200);
      assertThat(more.nll()).isCloseTo(results.test().nll(), within(5.0));

      List<float[]> generated = opened.sample(7, 1);
      assertThat(generated).hasSize(7);
      assertThat(opened.sample(7, 1)).usingRecursiveComparison().isEqualTo(generated);
      assertThat(opened.sample(7, 2)).usingRecursiveComparison().isNotEqualTo(generated);
      for (float[] picture : generated) {
        assertThat(picture).hasSize(20);
        for (float value : picture) {
          assertThat(value).isBetween(0f, 1f);
        }
      }
      List<float[]> originals = opened.testExamples(3);
      assertThat(opened.reconstruct(originals)).hasSize(3);
      try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
        NDArray latents = opened.encodeTest(manager);
        assertThat(latents.getShape().getShape()).containsExactly(4, 2);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.likelihood.type=bernoulli | bernoulli | dataset.binarization",
        "model.prior.pseudo-inputs=33,model.prior.init=training-data | 33 | 32",
        "experiment.device=gpu:9 | gpu:9 | no such GPU"
      })
  void settingsThatDoNotFitAreRefusedBeforeAFolderIsMade(
      String overrides, String value, String rule) {
    Path output = temporary.resolve("never");
    Experiment bad = experiment(overrides.split(","));
    assertThatThrownBy(() -> run(bad, output, false))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(value)
        .hasMessageContaining(rule);
    assertThat(output).doesNotExist();
  }

  @Test
  void missingDataLeavesNoFolder() {
    Path output = temporary.resolve("never");
    Experiment bad = experiment("dataset.folder=nowhere");
    assertThatThrownBy(() -> run(bad, output, false))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nowhere");
    assertThat(output).doesNotExist();
  }

  @Test
  void folderWithoutARunCannotBeOpened() {
    assertThatThrownBy(() -> opener.open(images, "cpu"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is not a run's folder");
  }

  private Results run(Experiment experiment, Path output, boolean resume) {
    return runner.run(experiment, output, resume, new TrainingListener() {}, NEVER);
  }

  private Experiment experiment(String... changes) {
    List<String> overrides = new ArrayList<>();
    overrides.add("dataset.folder=" + images);
    overrides.addAll(List.of(changes));
    try {
      Path file = temporary.resolve("experiment.conf");
      Files.writeString(
          file,
          """
          experiment { name = bars, seed = 5, threads = 1 }
          dataset { name = images, width = 4, height = 5 }
          model {
            latent-size = 2
            encoder { type = gated-mlp, hidden = [8] }
            decoder { type = gated-mlp, hidden = [8] }
            prior { type = vampprior, pseudo-inputs = 4, init-mean = 0.3 }
            likelihood { type = discretized-logistic }
          }
          training { epochs = 3, batch-size = 10, optimizer { learning-rate = 0.01 } }
          evaluation { importance-samples = 20, validation-importance-samples = 5 }
          """);
      return loader.load(file.toString(), overrides);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }
}
