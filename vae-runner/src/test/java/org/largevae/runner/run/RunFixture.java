package org.largevae.runner.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.largevae.core.registry.Registry;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.core.results.Results;
import org.largevae.core.testing.ImageFolder;
import org.largevae.core.training.TrainingListener;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.configuration.ExperimentLoader;
import org.largevae.runner.testing.OfflineFiles;

/**
 * Runs of a tiny model on a folder of 40 small pictures, with the components that are installed.
 */
final class RunFixture {
  static final BooleanSupplier NEVER = () -> false;

  private final Path folder;
  private final Path images;
  private final ExperimentLoader loader;
  private final InProcessRunner runner;
  private final RunOpener opener;

  /** Pictures go into the folder, and so does the experiment's file. */
  RunFixture(Path folder) throws IOException {
    this.folder = folder;
    images = ImageFolder.create(folder.resolve("images"), 40);
    Registry registry = new ServiceRegistry(getClass().getClassLoader());
    loader = new ExperimentLoader(registry);
    DataLoading data = new DataLoading(registry, OfflineFiles.in(folder));
    runner = new InProcessRunner(registry, loader, data);
    opener = new RunOpener(registry, loader, data);
  }

  /** A run from its beginning to its end. */
  Results run(Experiment experiment, Path output) {
    return run(experiment, output, false, new TrainingListener() {}, NEVER);
  }

  /** A run that goes on with what there is. */
  Results resume(Experiment experiment, Path output) {
    return run(experiment, output, true, new TrainingListener() {}, NEVER);
  }

  /** A run that someone listens to and may end. */
  Results run(
      Experiment experiment,
      Path output,
      boolean resume,
      TrainingListener listener,
      BooleanSupplier cancelled) {
    RunRequest request = new RunRequest(experiment, output, resume, false);
    return runner.run(request, listener, cancelled);
  }

  /** What a run would do. */
  TrainingPlan plan(Experiment experiment, Path output, boolean resume) {
    return runner.plan(
        new RunRequest(experiment, output, resume, false), new TrainingListener() {});
  }

  /** Three epochs of a VampPrior VAE, with some keys set otherwise. */
  Experiment experiment(String... changes) {
    List<String> overrides = new ArrayList<>();
    overrides.add("dataset.folder=" + images);
    overrides.addAll(List.of(changes));
    try {
      Path file = folder.resolve("experiment.conf");
      Files.writeString(
          file,
          """
          experiment { name = bars, seed = 5, threads = 1 }
          dataset { name = images, width = 4, height = 5 }
          model {
            latent-size = 2
            encoder { type = gated-mlp, hidden = [8] }
            posterior { type = gaussian }
            decoder { type = gated-mlp, hidden = [8] }
            prior { type = vampprior, pseudo-inputs = 4, init-mean = 0.3 }
            likelihood { type = discretized-logistic }
          }
          training { epochs = 3, batch-size = 10, optimizer { learning-rate = 0.01 } }
          evaluation { importance-samples = 20, validation-importance-samples = 5 }
          """);
      return loader.load(file.toString(), overrides);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Opens runs. */
  RunOpener opener() {
    return opener;
  }

  /** Reads experiments. */
  ExperimentLoader loader() {
    return loader;
  }

  /** The folder of pictures. */
  Path images() {
    return images;
  }
}
