package org.largevae.runner.run;

import org.largevae.core.folder.SafeTensors;

import org.largevae.core.folder.Checkpoints;

import org.largevae.core.folder.RunFolder;

import org.largevae.core.folder.ModelDescription;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Provider;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataException;
import org.largevae.api.files.FailureText;
import org.largevae.runner.experiment.ExperimentLoader;
import org.largevae.core.model.ModelSettings;
import org.largevae.core.model.Components;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.VariationalAutoencoder;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;

/**
 * The model of a run's folder with its best weights. Nothing else of the run is needed: neither its
 * data, nor the component that reads them.
 *
 * @param model the model, to be closed
 * @param configuration the content of {@code config.conf}
 */
public record SavedModel(VariationalAutoencoder model, Config configuration) {
  private static final String TYPE = "type";

  /**
   * Opens a folder.
   *
   * @param folder the run's folder
   * @param registry finds the model's components
   * @param device where the parameters shall live
   * @return the model
   * @throws ConfigurationException if the folder holds no run or a component is not installed
   * @throws DataException if the run's files are damaged, were written by a newer version, or do
   *     not fit together
   */
  public static SavedModel open(Path folder, Registry registry, Device device) {
    requireRun(folder);
    // its format tells a newer version's folder before anything in it can be misread
    ModelDescription.read(folder);
    Path file = folder.resolve(RunFolder.CONFIG);
    Config configuration = read(file);
    ModelSettings settings;
    try {
      settings =
          new ModelSettings(
              configuration.getInt("model.latent-size"),
              section(file, configuration, registry, ComponentKind.ENCODER),
              section(file, configuration, registry, ComponentKind.DECODER),
              section(file, configuration, registry, ComponentKind.PRIOR),
              section(file, configuration, registry, ComponentKind.LIKELIHOOD));
    } catch (ConfigException damaged) {
      throw damaged(file, damaged);
    }
    return new SavedModel(load(folder, registry, settings, device), configuration);
  }

  /**
   * Makes a run's model and fills it with the best weights.
   *
   * @param folder the run's folder
   * @param registry finds the model's components
   * @param settings the section {@code model}
   * @param device where the parameters shall live
   * @return the model, to be closed
   */
  static VariationalAutoencoder load(
      Path folder, Registry registry, ModelSettings settings, Device device) {
    ModelShape shape = ModelDescription.read(folder);
    Path weights = new Checkpoints(folder.resolve(RunFolder.CHECKPOINTS)).bestWeights();
    Components components = ModelFactory.assemble(registry, settings, shape);
    requireRoom(components, weights);
    VariationalAutoencoder model = ModelFactory.forLoading(components, shape, device);
    try {
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      model.parameters().forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
      SafeTensors.read(weights, arrays);
      return model;
    } catch (RuntimeException failure) {
      model.close();
      throw failure;
    }
  }

  /**
   * Sizes that a damaged file declares must not fill the memory: a model has no more values than
   * its weights take bytes.
   */
  private static void requireRoom(Components components, Path weights) {
    try {
      long values = components.declaredValues();
      if (values > Files.size(weights)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: is too small for the model of %s and %s, which has %,d values; take all from"
                    + " one run",
                weights,
                ModelDescription.FILE,
                RunFolder.CONFIG,
                values));
      }
    } catch (ArithmeticException overflow) {
      throw new DataException(
          weights
              + ": is too small for the model of "
              + RunFolder.CONFIG
              + ", whose size overflows",
          overflow);
    } catch (IOException failure) {
      throw new DataException(weights + ": cannot be read: " + FailureText.of(failure), failure);
    }
  }

  /**
   * Refuses what is no run's folder.
   *
   * @param folder the folder
   * @throws ConfigurationException if it is missing or holds no run
   */
  static void requireRun(Path folder) {
    if (Files.notExists(folder)) {
      throw new ConfigurationException(folder + ": there is no such folder");
    }
    if (Files.notExists(folder.resolve(RunFolder.CONFIG))) {
      throw new ConfigurationException(
          folder + ": is not a run's folder; it has no " + RunFolder.CONFIG);
    }
  }

  /** Nothing is included, and the environment takes no part, as when it was written. */
  private static Config read(Path file) {
    try {
      return ExperimentLoader.read(file).toConfig();
    } catch (ConfigurationException damaged) {
      throw damaged(file, damaged);
    }
  }

  private static DataException damaged(Path file, RuntimeException fault) {
    String reason = String.valueOf(fault.getMessage());
    String start = file + ": ";
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: is damaged: %s",
            file,
            FailureText.shown(reason.replace(start, ""), "it is not the configuration of a run")),
        fault);
  }

  /** A run of an older version may lack keys that have been added since; they get defaults. */
  private static <P extends Provider> Settings section(
      Path file, Config configuration, Registry registry, ComponentKind<P> kind) {
    Config given = configuration.getConfig(kind.section());
    Config known = registry.find(kind, given.getString(TYPE)).defaults();
    Set<String> unknown = new TreeSet<>(given.root().keySet());
    unknown.removeAll(known.root().keySet());
    unknown.remove(TYPE);
    if (!unknown.isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %s has keys that the installed %s \"%s\" does not know: %s; use the version that"
                  + " wrote it",
              file,
              kind.section(),
              kind.label(),
              given.getString(TYPE),
              unknown));
    }
    return new Settings(given.withFallback(known), kind.section());
  }
}
