package org.largevae.runner.run;

import org.largevae.core.folder.RunFolder;

import jakarta.inject.Inject;
import java.nio.file.Path;
import org.largevae.api.data.DataFiles;
import org.largevae.core.engine.Devices;
import org.largevae.runner.experiment.Experiment;
import org.largevae.runner.experiment.ExperimentLoader;
import org.largevae.core.model.VariationalAutoencoder;
import org.largevae.core.registry.Registry;

/** Opens runs from their folders. */
public final class DefaultRunOpener implements RunOpener {
  private final Registry registry;
  private final ExperimentLoader experiments;
  private final DataLoading data;

  /**
   * An opener.
   *
   * @param registry finds components
   * @param experiments reads configurations
   * @param files finds data
   */
  @Inject
  public DefaultRunOpener(Registry registry, ExperimentLoader experiments, DataFiles files) {
    this.registry = registry;
    this.experiments = experiments;
    this.data = new DataLoading(registry, files);
  }

  @Override
  public TrainedRun open(Path folder, String device) {
    SavedModel.requireRun(folder);
    Experiment experiment = experiments.fromRunFolder(folder.resolve(RunFolder.CONFIG));
    VariationalAutoencoder model =
        SavedModel.load(folder, registry, experiment.model(), Devices.choose(device));
    return new DefaultTrainedRun(experiment, model, data);
  }
}
