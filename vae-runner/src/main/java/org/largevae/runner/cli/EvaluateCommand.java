package org.largevae.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.largevae.core.folder.JsonFile;
import org.largevae.core.results.PartitionResult;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.report.Findings;
import org.largevae.runner.run.TrainedRun;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vae evaluate}. */
@CommandLine.Command(
    name = "evaluate",
    header = "Measure the log-likelihood of a run's test examples.",
    customSynopsis = "vae evaluate RUN [OPTIONS]",
    description = {
      "",
      "By importance sampling with S draws of z for each example; more draws give a closer bound."
          + " The run's folder is not changed.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vae evaluate runs/digits-vampprior",
      "  vae evaluate runs/digits-vampprior --samples 5000 --json"
    })
final class EvaluateCommand implements Command {
  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  private Path folder;

  @Option(
      names = "--samples",
      paramLabel = "S",
      description =
          "Draws of z for each example; the run's evaluation.importance-samples if unset.")
  private Integer samples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the draws; the run's if unset.")
  private Long seed;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "auto, cpu, gpu or gpu:N; ${DEFAULT-VALUE} if unset.")
  private String device;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Mixin private ChangedDataOption changedData;

  private final SavedRuns runs;
  private final CommandEnvironment environment;

  @Inject
  EvaluateCommand(SavedRuns runs, CommandEnvironment environment) {
    this.runs = runs;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (samples != null) {
      Arguments.count("--samples", samples, Integer.MAX_VALUE);
    }
    try (TrainedRun run = runs.open(folder, device, changedData.isAllowed())) {
      Experiment experiment = run.experiment();
      int draws = samples == null ? experiment.evaluation().importanceSamples() : samples;
      long chosenSeed = seed == null ? experiment.seed() : seed;
      PartitionResult test =
          run.vae()
              .evaluate(run.test(), experiment.evaluation(), draws, chosenSeed, done -> {})
              .result()
              .beside(run.baseline());
      Findings.of(test).forEach(finding -> environment.err().println(finding.line()));
      environment
          .out()
          .print(
              json
                  ? JsonFile.render(description(run, chosenSeed, test))
                  : ResultsTable.of(List.of(new ResultsTable.PartitionColumn("test", test))));
    }
    return ExitCode.DONE;
  }

  /** The part of results.json that an evaluation knows. */
  private static Map<String, Object> description(TrainedRun run, long seed, PartitionResult test) {
    Experiment experiment = run.experiment();
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("dataset", experiment.dataset());
    description.put("prior", experiment.prior());
    description.put("likelihood", experiment.likelihood());
    description.put("latentSize", run.vae().latentSize());
    description.put("seed", seed);
    description.put("test", test);
    return description;
  }
}
