package org.largevae.core;

import java.nio.file.Path;
import java.util.Objects;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataException;
import org.largevae.core.engine.Devices;
import org.largevae.core.engine.PyTorch;
import org.largevae.core.folder.ModelDescription;
import org.largevae.core.folder.SavedModel;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.registry.Registry;
import org.largevae.core.registry.ServiceRegistry;

/** How to open the folder of a run; made by {@link TrainedVae#at}. */
public final class VaeOpener {
  private static final String THRESHOLD = "dataset.threshold";

  private final Path folder;
  private Registry registry;
  private String device = "auto";
  private int threads;

  VaeOpener(Path folder) {
    this.folder = folder;
    this.registry = new ServiceRegistry(VaeOpener.class.getClassLoader());
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
   * Takes components from a registry, in place of those on the class path of this library.
   *
   * @param registry finds components
   * @return this
   */
  public VaeOpener registry(Registry registry) {
    this.registry = Objects.requireNonNull(registry, "registry is null");
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
    ParameterizedModel model = SavedModel.open(folder, registry, Devices.choose(device));
    try {
      ModelDescription description = ModelDescription.read(folder);
      return new TrainedVae(model, threshold(description), description.configuration());
    } catch (RuntimeException failure) {
      model.close();
      throw failure;
    }
  }

  private double threshold(ModelDescription description) {
    Settings configuration = description.configuration(folder);
    try {
      return configuration.has(THRESHOLD) ? configuration.number(THRESHOLD) : PictureScale.HALF;
    } catch (ConfigurationException fault) {
      throw ModelDescription.damaged(folder, fault);
    }
  }
}
