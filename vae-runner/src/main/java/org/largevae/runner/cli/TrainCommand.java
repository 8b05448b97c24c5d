package org.largevae.runner.cli;

import com.google.inject.Provider;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.largevae.core.folder.JsonFile;
import org.largevae.core.folder.RunRecords;
import org.largevae.core.results.Results;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.configuration.ExperimentLoader;
import org.largevae.runner.report.Findings;
import org.largevae.runner.run.ExperimentRunner;
import org.largevae.runner.run.RunRequest;
import org.largevae.runner.run.TrainingPlan;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vae train}. */
@CommandLine.Command(
    name = "train",
    header = "Train a model, evaluate it and write a report.",
    customSynopsis = "vae train [FILE_OR_PRESET] [KEY=VALUE ...] [OPTIONS]",
    description = {
      "",
      "Without arguments: the quick start, which is the preset digits-vampprior. The run's folder"
          + " gets its configuration, weights, metrics, figures, results.json and report.html."
          + " `vae presets` lists the presets, `vae plugins` the components.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vae train",
      "  vae train training.epochs=3 model.latent-size=10",
      "  vae train freyfaces-vampprior --output runs/frey",
      "  vae train my.conf model.prior.type=standard 'model.encoder.hidden=[500, 500]'",
      "  vae train my.conf dataset.folder=\"/home/me/my pictures\"",
      "  vae train my.conf --dry-run",
      "  vae train --resume --output runs/frey",
      "",
      "Ctrl-C keeps a checkpoint and ends with code 130; a second Ctrl-C ends at once."
    })
final class TrainCommand implements Command {
  static final String QUICK_START = "digits-vampprior";

  @Parameters(
      arity = "0..*",
      paramLabel = "ARGUMENT",
      description =
          "An experiment's file (HOCON) or the name of a preset; then KEY=VALUE to override any"
              + " of its keys. A value is HOCON, or else plain text.")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "The run's folder, made if missing. Otherwise runs/NAME, where NAME is experiment.name;"
              + " if that is taken runs/NAME-2, and so on.")
  private Path output;

  @Option(
      names = "--resume",
      description =
          "Resume from the last checkpoint of --output, or else of the newest run of that name in"
              + " runs. Without FILE_OR_PRESET, --output's own configuration is used.")
  private boolean resume;

  @Option(
      names = "--dry-run",
      description =
          "Check everything up to the first step and say what would be done; write nothing.")
  private boolean dryRun;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "auto, cpu, gpu or gpu:N; sets experiment.device.")
  private String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads, or auto; sets experiment.threads.")
  private String threads;

  @Option(
      names = "--json",
      description = "Print the content of results.json, or what would be done, as JSON.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress.")
  private boolean quiet;

  @Mixin private ChangedDataOption changedData;

  private final ExperimentLoader experiments;
  private final Provider<ExperimentRunner> runner;
  private final CommandEnvironment environment;

  @Inject
  TrainCommand(
      ExperimentLoader experiments,
      Provider<ExperimentRunner> runner,
      CommandEnvironment environment) {
    this.experiments = experiments;
    this.runner = runner;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    OutputFolders folders = new OutputFolders(environment.runs());
    Experiment experiment = experiment();
    Path folder = output;
    if (folder == null) {
      String name = experiment.name();
      folder = resume ? folders.latest(name) : folders.next(name);
    }
    EngineProperties.threads(experiment.threads());
    if (dryRun) {
      environment.out().print(plan(experiment, folder));
      return ExitCode.DONE;
    }
    Results results = train(experiment, folder);
    Findings.of(results.test()).forEach(finding -> environment.err().println(finding.line()));
    environment.out().print(json ? JsonFile.render(results) : summary(experiment, folder, results));
    return ExitCode.DONE;
  }

  private Results train(Experiment experiment, Path folder) {
    try (Interruption interruption = Interruption.listen(environment.err());
        Progress progress = Progress.of(environment, quiet)) {
      return runner
          .get()
          .run(
              new RunRequest(experiment, folder, resume, changedData.isAllowed()),
              progress,
              interruption);
    }
  }

  private String plan(Experiment experiment, Path folder) {
    try (Progress progress = Progress.of(environment, quiet)) {
      RunRequest request = new RunRequest(experiment, folder, resume, changedData.isAllowed());
      TrainingPlan plan = runner.get().plan(request, progress);
      return json ? JsonFile.render(plan) : PlanText.of(plan);
    }
  }

  private Experiment experiment() {
    if (!hasSource() && resume && output != null) {
      return experiments.fromRun(output, overrides());
    }
    return experiments.load(hasSource() ? arguments.get(0) : QUICK_START, overrides());
  }

  private List<String> overrides() {
    List<String> overrides =
        new ArrayList<>(arguments.subList(hasSource() ? 1 : 0, arguments.size()));
    if (device != null) {
      overrides.add("experiment.device=" + device);
    }
    if (threads != null) {
      overrides.add("experiment.threads=" + threads);
    }
    return overrides;
  }

  /** A file may have = in its name. */
  private boolean hasSource() {
    return !arguments.isEmpty()
        && (!arguments.get(0).contains("=") || Files.isRegularFile(Path.of(arguments.get(0))));
  }

  private static String summary(Experiment experiment, Path folder, Results results) {
    return String.format(
        Locale.ROOT,
        "%s: epoch %d of %d was the best; %s an epoch, %.0f examples a second%n%n%s%n"
            + "report: %s%n",
        experiment.name(),
        results.bestEpoch(),
        results.epochs(),
        Durations.of(results.train().secondsPerEpoch()),
        results.train().examplesPerSecond(),
        ResultsTable.of(
            List.of(
                new ResultsTable.PartitionColumn("test", results.test()),
                new ResultsTable.PartitionColumn("validation", results.validation()))),
        TerminalText.line(
            folder.resolve(RunRecords.REPORT).toAbsolutePath().normalize().toString()));
  }
}
