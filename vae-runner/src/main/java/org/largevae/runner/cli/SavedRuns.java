package org.largevae.runner.cli;

import com.google.inject.Provider;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.largevae.core.folder.RunRecords;
import org.largevae.runner.experiment.Experiment;
import org.largevae.runner.experiment.ExperimentLoader;
import org.largevae.runner.run.RunOpener;
import org.largevae.runner.run.TrainedRun;

/** Opens the runs that a user names on the command line. */
final class SavedRuns {
  /** The file that makes a folder a run's. */
  static final String CONFIGURATION = "config.conf";

  private final ExperimentLoader experiments;
  private final Provider<RunOpener> opener;
  private final CommandEnvironment environment;

  @Inject
  SavedRuns(
      ExperimentLoader experiments, Provider<RunOpener> opener, CommandEnvironment environment) {
    this.experiments = experiments;
    this.opener = opener;
    this.environment = environment;
  }

  /**
   * Opens a run, with as many threads as it was trained with, so that it gives the same numbers.
   * Warns if it is unfinished.
   *
   * @param folder its folder
   * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
   * @return the run, to be closed
   */
  TrainedRun open(Path folder, String device) {
    Experiment experiment = experiments.fromRunFolder(folder.resolve(CONFIGURATION));
    // read before the model is open, so that a fault leaves none behind
    Optional<String> warning = unfinished(folder, experiment);
    EngineProperties.threads(experiment.threads());
    TrainedRun run = opener.get().open(folder, device);
    warning.ifPresent(environment.err()::println);
    return run;
  }

  private static Optional<String> unfinished(Path folder, Experiment experiment) {
    if (Files.isRegularFile(folder.resolve(RunRecords.RESULTS))) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "warning: this run is unfinished, with %d of %d epochs done; using its best weights so"
                + " far",
            new RunRecords(folder).epochs().size(),
            experiment.training().epochs()));
  }
}
