package org.largevae.runner.run;

import java.nio.file.Path;
import java.util.Objects;
import org.largevae.runner.configuration.Experiment;

/**
 * What to carry out, and where.
 *
 * @param experiment the experiment
 * @param output the run's folder
 * @param resume whether to go on from its last checkpoint
 * @param allowChangedData whether to go on although the data are not those that the run was begun
 *     with
 */
public record RunRequest(
    Experiment experiment, Path output, boolean resume, boolean allowChangedData) {

  /** Checks that there are an experiment and a folder. */
  public RunRequest {
    Objects.requireNonNull(experiment, "experiment is null");
    Objects.requireNonNull(output, "output is null");
  }

  /**
   * A new run.
   *
   * @param experiment the experiment
   * @param output the run's folder
   */
  public RunRequest(Experiment experiment, Path output) {
    this(experiment, output, false, false);
  }
}
