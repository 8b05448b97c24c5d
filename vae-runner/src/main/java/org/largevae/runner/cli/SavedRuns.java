package org.largevae.runner.cli;

import com.google.inject.Provider;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.largevae.core.folder.RunRecords;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.configuration.ExperimentLoader;
import org.largevae.runner.run.RunOpener;
import org.largevae.runner.run.TrainedRun;

/** Opens the runs that a user names on the command line. */
final class SavedRuns {
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
   * @param allowChangedData whether other data than those it was begun with are meant
   * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
   * @return the run, to be closed
   */
  TrainedRun open(Path folder, String device, boolean allowChangedData) {
    Experiment experiment = experiments.fromRun(folder);
    // read before the model is open, so that a fault leaves none behind
    Optional<String> warning = unfinished(folder, experiment);
    EngineProperties.threads(experiment.threads());
    TrainedRun run = opener.get().open(folder, device, allowChangedData);
    warning.ifPresent(environment.err()::println);
    return run;
  }

  private static Optional<String> unfinished(Path folder, Experiment experiment) {
    if (Files.isRegularFile(folder.resolve(RunRecords.RESULTS))) {
      return Optional.empty();
    }
    int done = new RunRecords(folder).epochs().size();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "warning: this run is unfinished, with %d of %d epochs done; %s",
            done,
            experiment.training().epochs(),
            done == 0 ? "its weights are those it began with" : "using its best weights so far"));
  }
}
