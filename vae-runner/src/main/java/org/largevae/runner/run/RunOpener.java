package org.largevae.runner.run;

import jakarta.inject.Inject;
import java.nio.file.Path;
import org.largevae.core.TrainedVae;
import org.largevae.core.registry.Registry;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.configuration.ExperimentLoader;

/** Opens the folder of a finished or checkpointed run. */
public final class RunOpener {
  private final Registry registry;
  private final ExperimentLoader experiments;
  private final DataLoading data;

  /**
   * An opener.
   *
   * @param registry finds the components
   * @param experiments reads the run's experiment
   * @param data loads its data
   */
  @Inject
  public RunOpener(Registry registry, ExperimentLoader experiments, DataLoading data) {
    this.registry = registry;
    this.experiments = experiments;
    this.data = data;
  }

  /**
   * Opens a run.
   *
   * @param folder its folder
   * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
   * @param allowChangedData whether other data than those it was begun with are meant
   * @return the run, to be closed
   * @throws org.largevae.api.config.ConfigurationException if the folder holds no run, or one that
   *     cannot be made here
   * @throws org.largevae.api.data.DataException if a file of it is damaged or of another version
   */
  public TrainedRun open(Path folder, String device, boolean allowChangedData) {
    Experiment experiment = experiments.fromRun(folder);
    TrainedVae vae = TrainedVae.at(folder).registry(registry).device(device).open();
    return new TrainedRun(experiment, folder, vae, data, allowChangedData);
  }
}
