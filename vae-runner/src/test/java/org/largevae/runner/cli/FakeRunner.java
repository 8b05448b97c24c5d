package org.largevae.runner.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.largevae.core.folder.JsonFile;
import org.largevae.core.results.BaselineResult;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.PartitionResult;
import org.largevae.core.results.Results;
import org.largevae.core.results.TrainingSpeed;
import org.largevae.core.training.TrainingListener;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.run.ExperimentRunner;
import org.largevae.runner.run.RunRequest;
import org.largevae.runner.run.TrainingPlan;

/** Makes a run's folder and tells of two epochs, without training. */
final class FakeRunner implements ExperimentRunner {
  static final PartitionResult TEST =
      new PartitionResult(
          90.5,
          0.25,
          0.1665,
          -94.25,
          -70.0,
          24.25,
          38,
          120.5,
          500,
          1000,
          null,
          "exact",
          null,
          new BaselineResult(205.75, 0.3786));
  static final PartitionResult VALIDATION =
      new PartitionResult(
          91.5,
          0.26,
          0.1684,
          -95.25,
          -71.0,
          24.25,
          38,
          60.5,
          100,
          900,
          null,
          "exact",
          null,
          new BaselineResult(206.5, 0.38));

  private RuntimeException failure;
  Experiment experiment;
  Path output;
  boolean resume;
  String threadsOfEngine;

  /** A runner that fails. */
  static FakeRunner failing(RuntimeException failure) {
    FakeRunner runner = new FakeRunner();
    runner.failure = failure;
    return runner;
  }

  @Override
  public TrainingPlan plan(RunRequest request, TrainingListener listener) {
    experiment = request.experiment();
    output = request.output();
    resume = request.resume();
    if (failure != null) {
      throw failure;
    }
    return new TrainingPlan(
        "digits",
        "28 x 28",
        784,
        List.of("binary"),
        8000,
        1000,
        1000,
        new TreeMap<>(Map.of("prior", "vampprior", "decoder", "gated-mlp")),
        40,
        1_234_567,
        20,
        100,
        80,
        "elbo",
        "adam",
        5e-4,
        null,
        List.of(),
        "cpu",
        2,
        output.toString(),
        resume);
  }

  @Override
  public Results run(RunRequest request, TrainingListener listener, BooleanSupplier cancelled) {
    experiment = request.experiment();
    output = request.output();
    resume = request.resume();
    threadsOfEngine = System.getProperty("ai.djl.pytorch.num_threads");
    if (failure != null) {
      throw failure;
    }
    listener.onPhase("loading data");
    listener.onStart(1, 2, 10);
    listener.onStep(1, 1, 100, -90, 10);
    listener.onEpoch(new EpochMetrics(1, 0.5, 100, -90, 20, 99, -80, 19, 30), true);
    listener.onEpoch(new EpochMetrics(2, 1, 98, -80, 18, 101, -83, 18, 30), false);
    Results results =
        new Results(
            experiment.dataset(),
            experiment.prior(),
            experiment.likelihood(),
            (int) experiment.section("model").longInteger("latent-size"),
            experiment.seed(),
            2,
            1,
            TEST,
            VALIDATION,
            new TrainingSpeed(30, 266.7, 0.4),
            1234L,
            null);
    try {
      SavedExperiment.write(experiment, output);
      Files.writeString(output.resolve("results.json"), JsonFile.render(results));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    return results;
  }
}
