package org.largevae.runner.run;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.largevae.runner.experiment.Experiment;
import org.largevae.core.results.Results;
import org.largevae.core.training.TrainingListener;

/** Carries out one experiment: data, training, evaluation, figures and report. */
public interface ExperimentRunner {

  /**
   * Runs an experiment from its start, or goes on from its last checkpoint.
   *
   * @param experiment what to run
   * @param output the run's folder; made if missing
   * @param resume whether to go on with the run that the folder holds
   * @param listener hears of progress
   * @param cancelled asked between steps, and between batches of the evaluation; when it turns true
   *     a checkpoint is written
   * @return the results, also written to the folder
   * @throws org.largevae.api.config.ConfigurationException if the folder cannot be written, holds
   *     another run without {@code resume}, or holds a run of another configuration with it
   * @throws org.largevae.api.data.DataException if data are missing or damaged
   * @throws org.largevae.api.files.OutputException if writing fails on the way; what was
   *     written before is whole, the last checkpoint is kept
   * @throws org.largevae.core.training.DivergedException if a loss or gradient is not finite
   * @throws IllegalStateException if another thread of this process trains
   * @throws org.largevae.core.training.TrainingInterruptedException if {@code cancelled} turned
   *     true
   */
  Results run(
      Experiment experiment,
      Path output,
      boolean resume,
      TrainingListener listener,
      BooleanSupplier cancelled);
}
