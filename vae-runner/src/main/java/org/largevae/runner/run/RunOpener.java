package org.largevae.runner.run;

import java.nio.file.Path;

/** Opens the folder of a finished or checkpointed run. */
public interface RunOpener {

  /**
   * Opens a run.
   *
   * @param folder the run's folder
   * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
   * @return the run, to be closed
   * @throws org.largevae.api.config.ConfigurationException if the folder holds no run or its model
   *     cannot be made here
   * @throws org.largevae.api.data.DataException if its files are damaged
   */
  TrainedRun open(Path folder, String device);
}
