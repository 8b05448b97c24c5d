package org.largevae.core.folder;

import ai.djl.Device;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.files.DurableFiles;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.OutputException;
import org.largevae.api.files.Sha256;
import org.largevae.api.model.Model;
import org.largevae.core.model.ModelAssembly;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.registry.Registry;

/**
 * The model of a folder with its best weights: of a run, whose weights are in checkpoints, or of a
 * saved model with {@code model.safetensors}. Neither its data nor the component that reads them
 * are needed.
 */
public final class SavedModel {
  /** The weights of a saved model. */
  public static final String WEIGHTS = "model.safetensors";

  private SavedModel() {}

  /**
   * Opens a folder whose model a configuration describes.
   *
   * @param folder of a run or a saved model
   * @param registry finds the components
   * @param device where the parameters shall live
   * @return the model, to be closed
   * @throws ConfigurationException if the folder holds no model, one that was put together in Java,
   *     or one of whose components is not installed
   * @throws DataException if a file is damaged, of another version, or files do not fit together
   */
  public static ParameterizedModel open(Path folder, Registry registry, Device device) {
    requireModel(folder);
    ModelDescription description = ModelDescription.read(folder);
    DataDescription data = description.data(folder, registry);
    Settings whole = description.configuration(folder);
    // what is not installed is for the user to install; all else was written by a program
    Settings section =
        written(folder, () -> ModelAssembly.requireNamed(registry, whole.section("model")));
    ModelAssembly.requireInstalled(registry, section);
    Model model = written(folder, () -> ModelAssembly.assemble(registry, section, data));
    if (!model.latentSizes().equals(description.latentSizes())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: is damaged: its configuration is of a model with latents of the sizes %s, not %s",
              folder.resolve(ModelDescription.FILE),
              model.latentSizes(),
              description.latentSizes()));
    }
    return load(folder, description, model, ModelAssembly.types(section), device);
  }

  private static <T> T written(Path folder, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ConfigurationException fault) {
      throw ModelDescription.damaged(folder, fault);
    }
  }

  /**
   * Opens a folder with components that were made for it.
   *
   * @param folder of a saved model or of a training in Java
   * @param model without values yet
   * @param device where the parameters shall live
   * @return the model, to be closed
   * @throws ConfigurationException if the folder holds no model, or one of other components
   * @throws DataException if a file is damaged or of another version
   */
  public static ParameterizedModel open(Path folder, Model model, Device device) {
    requireModel(folder);
    ModelDescription description = ModelDescription.read(folder);
    description.requireSame(folder, model);
    return load(folder, description, model, ModelFactory.classNames(model), device);
  }

  /**
   * Saves a model.
   *
   * @param model the model
   * @param configuration that describes its components; null for one put together in Java
   * @param folder made if missing; holds nothing, or an earlier save
   * @throws ConfigurationException if the folder holds something else
   * @throws OutputException if it cannot be written; an earlier save is then still whole
   */
  public static void save(ParameterizedModel model, JsonObject configuration, Path folder) {
    if (!Files.exists(folder.resolve(WEIGHTS))) {
      RunFolder.requireFree(folder);
    }
    byte[] weights = SafeTensors.encode(model.arrays());
    ModelDescription description =
        ModelDescription.ofWeights(model, configuration, Sha256.hex(weights));
    try {
      DurableFiles.makeFolder(folder);
      DurableFiles.replace(folder.resolve(WEIGHTS), weights);
      DurableFiles.replace(
          folder.resolve(ModelDescription.FILE),
          description.toJson().getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new OutputException(folder, failure, "free some space or name another folder");
    }
  }

  private static ParameterizedModel load(
      Path folder,
      ModelDescription description,
      Model model,
      Map<String, String> types,
      Device device) {
    Path weights = weights(folder, description);
    requireRoom(model, weights);
    ParameterizedModel opened =
        ModelFactory.forLoading(
            model, types, device, () -> description.requireTrainingSize(folder, bytes(weights)));
    try {
      SafeTensors.read(weights, opened.arrays());
      return opened;
    } catch (RuntimeException failure) {
      opened.close();
      throw failure;
    }
  }

  private static long bytes(Path weights) {
    try {
      return Files.size(weights);
    } catch (IOException failure) {
      throw new DataException(weights + ": cannot be read: " + FailureText.of(failure), failure);
    }
  }

  /** The file of the best weights, its checksum verified. */
  static Path weights(Path folder, ModelDescription description) {
    Path saved = folder.resolve(WEIGHTS);
    if (description.weightsSha256() == null) {
      return new Checkpoints(folder.resolve(RunFolder.CHECKPOINTS)).bestWeights();
    }
    try {
      if (!Sha256.hex(Files.readAllBytes(saved)).equals(description.weightsSha256())) {
        throw new DataException(
            saved + ": is damaged, its checksum is not that of " + ModelDescription.FILE);
      }
      return saved;
    } catch (IOException failure) {
      throw new DataException(saved + ": cannot be read: " + FailureText.of(failure), failure);
    }
  }

  /**
   * Sizes that a damaged file declares must not fill the memory: a model has no more values than
   * its weights take bytes.
   */
  private static void requireRoom(Model model, Path weights) {
    try {
      long values = ModelFactory.declaredValues(model);
      if (values > bytes(weights)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: is too small for the model of %s, which has %,d values; take both from one"
                    + " folder",
                weights,
                ModelDescription.FILE,
                values));
      }
    } catch (ArithmeticException overflow) {
      throw new DataException(
          weights
              + ": is too small for the model of "
              + ModelDescription.FILE
              + ", whose size"
              + " overflows",
          overflow);
    }
  }

  /**
   * Refuses what is no folder of a model.
   *
   * @param folder of a run or a saved model
   * @throws ConfigurationException if it is missing or holds no model
   * @throws DataException if it holds a run of a version that wrote no description
   */
  public static void requireModel(Path folder) {
    if (Files.notExists(folder)) {
      throw new ConfigurationException(folder + ": there is no such folder");
    }
    if (Files.notExists(folder.resolve(ModelDescription.FILE))) {
      if (Files.exists(folder.resolve(RunRecords.CONFIGURATION))) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: holds a run of an earlier version, without %s; use the version that wrote it,"
                    + " or train again",
                folder,
                ModelDescription.FILE));
      }
      throw new ConfigurationException(
          folder + ": is not the folder of a run or model; it has no " + ModelDescription.FILE);
    }
  }
}
