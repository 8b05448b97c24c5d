package org.largevae.runner.run;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.largevae.api.component.ModelShape;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataFiles;
import org.largevae.runner.engine.Devices;
import org.largevae.runner.experiment.Experiment;
import org.largevae.runner.experiment.ExperimentLoader;
import org.largevae.runner.model.Components;
import org.largevae.runner.model.ModelFactory;
import org.largevae.runner.model.VariationalAutoencoder;
import org.largevae.runner.registry.Registry;

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
    Path config = folder.resolve(RunFolder.CONFIG);
    if (Files.notExists(config)) {
      throw new ConfigurationException(
          folder + ": is not a run's folder; it has no " + RunFolder.CONFIG);
    }
    Experiment experiment = experiments.fromRunFolder(config);
    ModelShape shape = ModelDescription.read(folder);
    Path weights = new Checkpoints(folder.resolve(RunFolder.CHECKPOINTS)).bestWeights();
    Device chosen = Devices.choose(device);
    Components components = ModelFactory.assemble(registry, experiment.model(), shape);
    VariationalAutoencoder model = ModelFactory.forLoading(components, shape, chosen);
    try {
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      model.parameters().forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
      SafeTensors.read(weights, arrays);
      return new DefaultTrainedRun(experiment, model, data);
    } catch (RuntimeException failure) {
      model.close();
      throw failure;
    }
  }
}
