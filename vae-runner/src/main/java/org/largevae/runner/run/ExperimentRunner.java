package org.largevae.runner.run;

import java.util.function.BooleanSupplier;
import org.largevae.core.results.Results;
import org.largevae.core.training.TrainingListener;

/** Carries out one experiment: data, training, evaluation, figures and report. */
public interface ExperimentRunner {

  /**
   * Runs an experiment from its start, or goes on from its last checkpoint.
   *
   * @param request what to carry out, and where
   * @param listener hears of progress
   * @param cancelled asked between steps; when it turns true a checkpoint is written
   * @return the results, which are in the folder too
   * @throws org.largevae.api.config.ConfigurationException if the folder holds another run or is
   *     not usable, or parts of the model do not fit together
   * @throws org.largevae.api.data.DataException if the data are missing, damaged, or others than
   *     those of the run to resume
   * @throws org.largevae.core.training.DivergedException if a number is not finite
   * @throws org.largevae.core.training.TrainingInterruptedException if it was cancelled
   * @throws org.largevae.api.files.OutputException if a file cannot be written; what was written
   *     before is whole, the last checkpoint is kept
   */
  Results run(RunRequest request, TrainingListener listener, BooleanSupplier cancelled);

  /**
   * Checks all that {@link #run} checks before it trains, and writes nothing: the folder, the data,
   * the model, and whether its parts and the objective fit together.
   *
   * @param request what would be carried out, and where
   * @param listener hears of progress
   * @return what {@link #run} would do
   * @throws org.largevae.api.config.ConfigurationException as {@link #run}
   * @throws org.largevae.api.data.DataException as {@link #run}
   */
  TrainingPlan plan(RunRequest request, TrainingListener listener);
}
