package org.largevae.runner.application;

import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.largevae.api.component.Provider;
import org.largevae.api.data.DataException;
import org.largevae.core.engine.Devices;
import org.largevae.core.engine.PyTorch;
import org.largevae.core.registry.Registry;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.runner.run.SavedModel;

/** How to open the folder of a run; made by {@link TrainedVae#at}. */
public final class VaeOpener {
  private static final String THRESHOLD = "dataset.threshold";
  private static final double HALF = 0.5;

  private final Path folder;
  private ComponentSet components;
  private String device = "auto";
  private int threads;

  VaeOpener(Path folder) {
    this.folder = folder;
    this.components =
        new ComponentSet(List.of(), new ServiceRegistry(VaeOpener.class.getClassLoader()));
  }

  /**
   * Where the model lives and computes.
   *
   * @param name {@code auto} for the first GPU or else the CPU, {@code cpu}, {@code gpu} or {@code
   *     gpu:N}
   * @return this
   */
  public VaeOpener device(String name) {
    this.device = Objects.requireNonNull(name, "name is null");
    return this;
  }

  /**
   * How many CPU threads one operation of the engine may use, in the whole process; all processors
   * unless set. An application that calls the model from many threads does best with 1.
   *
   * @param count at least 1
   * @return this
   */
  public VaeOpener threads(int count) {
    ExampleChecks.atLeast("threads", count, 1);
    this.threads = count;
    return this;
  }

  /**
   * Adds a component that the model has and that is not installed.
   *
   * @param provider a provider, for example from {@link Providers}
   * @return this
   * @throws org.largevae.api.config.ConfigurationException if its name is taken
   */
  public VaeOpener component(Provider provider) {
    components = components.with(Objects.requireNonNull(provider, "provider is null"));
    return this;
  }

  /**
   * Takes components from a registry, in place of those on the class path of this library.
   *
   * @param registry finds components
   * @return this
   */
  public VaeOpener registry(Registry registry) {
    components =
        new ComponentSet(components.own(), Objects.requireNonNull(registry, "registry is null"));
    return this;
  }

  /**
   * Opens the folder.
   *
   * @return the model, to be closed
   * @throws org.largevae.api.config.ConfigurationException if the folder holds no run, one of the
   *     model's components is not installed, there is no such device, or the engine's native
   *     library is missing
   * @throws DataException if the run's files are damaged, do not fit together, or were written by a
   *     newer version
   */
  public TrainedVae open() {
    PyTorch.start();
    if (threads > 0) {
      PyTorch.useThreads(threads);
    }
    SavedModel saved = SavedModel.open(folder, components, Devices.choose(device));
    try {
      double threshold =
          saved.configuration().hasPath(THRESHOLD)
              ? saved.configuration().getDouble(THRESHOLD)
              : HALF;
      return new TrainedVae(saved.model(), threshold);
    } catch (ConfigException damaged) {
      saved.model().close();
      throw new DataException(
          folder.resolve("config.conf") + ": is damaged: " + THRESHOLD + " is no number", damaged);
    }
  }
}
