package org.largevae.runner.run;

import org.largevae.core.folder.RunFolder;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.typesafe.config.Config;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.largevae.api.component.ModelShape;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataFiles;
import org.largevae.core.preparation.PreparedDataset;
import org.largevae.core.engine.Devices;
import org.largevae.core.engine.OneTraining;
import org.largevae.runner.experiment.Experiment;
import org.largevae.runner.experiment.ExperimentLoader;
import org.largevae.core.model.Components;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.VariationalAutoencoder;
import org.largevae.core.registry.Registry;
import org.largevae.core.results.Results;
import org.largevae.core.training.TrainingListener;

/** Carries out experiments in this process, one after another. */
public final class DefaultExperimentRunner implements ExperimentRunner {
  /** What may differ when a run goes on: how long it goes, where, and how often it is saved. */
  private static final List<String> MAY_CHANGE =
      List.of(
          "training.epochs",
          "training.checkpoint-seconds",
          "experiment.device",
          "experiment.threads");

  private final Registry registry;
  private final ExperimentLoader experiments;
  private final DataLoading data;

  /**
   * A runner.
   *
   * @param registry finds components
   * @param experiments reads and writes configurations
   * @param files finds data
   */
  @Inject
  public DefaultExperimentRunner(Registry registry, ExperimentLoader experiments, DataFiles files) {
    this.registry = registry;
    this.experiments = experiments;
    this.data = new DataLoading(registry, files);
  }

  @Override
  public Results run(
      Experiment experiment,
      Path output,
      boolean resume,
      TrainingListener listener,
      BooleanSupplier cancelled) {
    try (OneTraining training = OneTraining.begin()) {
      RunFolder.requireUsable(output);
      requireFitting(experiment, output, resume);
      return carryOut(experiment, output, resume, listener, cancelled);
    }
  }

  private Results carryOut(
      Experiment experiment,
      Path output,
      boolean resume,
      TrainingListener listener,
      BooleanSupplier cancelled) {
    listener.onPhase("loading " + experiment.dataset().text("name"));
    PreparedDataset dataset = data.load(experiment);
    ModelShape shape =
        new ModelShape(dataset.shape(), dataset.support(), experiment.model().latentSize());
    Device device = Devices.choose(experiment.device());
    Components components = ModelFactory.assemble(registry, experiment.model(), shape);
    try (NDManager manager = NDManager.newBaseManager(device, "PyTorch")) {
      Partitions partitions = Partitions.of(manager, dataset);
      try (VariationalAutoencoder model =
              ModelFactory.initialize(
                  components,
                  shape,
                  device,
                  experiment.seed(),
                  (owner, count) -> partitions.draw(owner, count, experiment.seed()));
          RunFolder folder = RunFolder.open(output)) {
        // since the first look another process may have begun a run there, and even ended it
        requireFitting(experiment, output, resume);
        Run run =
            new Run(
                experiment,
                experiments.render(experiment),
                folder,
                dataset,
                partitions,
                model,
                listener);
        return run.carryOut(device, cancelled);
      }
    }
  }

  private void requireFitting(Experiment experiment, Path output, boolean resume) {
    if (resume) {
      requireSameRun(experiment, output);
    } else {
      RunFolder.requireFree(output);
    }
  }

  private void requireSameRun(Experiment experiment, Path output) {
    Config before = experiments.fromRunFolder(output.resolve(RunFolder.CONFIG)).config();
    Config now = experiment.config();
    for (String key : MAY_CHANGE) {
      before = before.withoutPath(key);
      now = now.withoutPath(key);
    }
    if (!before.equals(now)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: cannot be resumed with another configuration; these keys differ: %s",
              output,
              String.join(", ", differences(before, now))));
    }
  }

  private static Set<String> differences(Config before, Config now) {
    Set<String> keys = new TreeSet<>();
    Stream.concat(before.entrySet().stream(), now.entrySet().stream())
        .map(Map.Entry::getKey)
        .filter(key -> !value(before, key).equals(value(now, key)))
        .forEach(keys::add);
    return keys;
  }

  private static String value(Config config, String key) {
    return config.hasPath(key) ? config.getValue(key).unwrapped().toString() : "";
  }
}
