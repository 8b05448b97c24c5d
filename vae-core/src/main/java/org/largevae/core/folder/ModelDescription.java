package org.largevae.core.folder;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.MessageText;
import org.largevae.api.model.Model;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.registry.Registry;

/**
 * The content of {@code model.json}: all that it takes to open a model, beside its weights.
 *
 * @param format by which versions know each other's files
 * @param data what the examples are made of
 * @param latentSizes of each level, top first
 * @param components what people call the components, by their names
 * @param configuration the experiment's configuration, whole; null for a model that was put
 *     together in Java, which is opened with the same components
 * @param training how a model that was put together in Java is trained; null otherwise
 * @param weightsSha256 of {@code model.safetensors}; null where the weights are in checkpoints
 */
public record ModelDescription(
    int format,
    DataJson data,
    List<Integer> latentSizes,
    Map<String, String> components,
    JsonObject configuration,
    JsonObject training,
    String weightsSha256) {
  /** The file's name. */
  public static final String FILE = "model.json";

  private static final int FORMAT = 3;

  /**
   * Describes the model of an experiment.
   *
   * @param model the model
   * @param configuration the experiment's, whole
   * @return the description
   */
  public static ModelDescription ofExperiment(ParameterizedModel model, JsonObject configuration) {
    return of(model, configuration, null, null);
  }

  /**
   * Describes a model that is put together and trained in Java.
   *
   * @param model the model
   * @param training how it is trained
   * @return the description
   */
  public static ModelDescription ofTraining(ParameterizedModel model, JsonObject training) {
    return of(model, null, training, null);
  }

  /**
   * Describes a saved model.
   *
   * @param model the model
   * @param configuration the experiment's; null for a model that was put together in Java
   * @param weightsSha256 of its weights
   * @return the description
   */
  static ModelDescription ofWeights(
      ParameterizedModel model, JsonObject configuration, String weightsSha256) {
    return of(model, configuration, null, weightsSha256);
  }

  private static ModelDescription of(
      ParameterizedModel model, JsonObject configuration, JsonObject training, String sha256) {
    return new ModelDescription(
        FORMAT,
        DataJson.of(model.data()),
        model.model().latentSizes(),
        model.types(),
        configuration,
        training,
        sha256);
  }

  /**
   * A map as the JSON that a description holds.
   *
   * @param values numbers, truth values, texts, lists and maps
   * @return the object
   */
  public static JsonObject tree(Map<String, Object> values) {
    return JsonFile.tree(values);
  }

  /** The file's content. */
  String toJson() {
    return JsonFile.renderWithoutNulls(this);
  }

  /**
   * Reads the description of a folder's model.
   *
   * @param folder of a run or a saved model
   * @return the description
   * @throws ConfigurationException if the folder holds no model
   * @throws DataException if the file is damaged or of another version
   */
  public static ModelDescription read(Path folder) {
    Path file = folder.resolve(FILE);
    JsonFile json = JsonFile.read(file);
    json.requireFormat(FORMAT);
    ModelDescription found = json.as(ModelDescription.class);
    if (found.data == null || found.latentSizes == null || found.components == null) {
      throw new DataException(
          file + ": is damaged: it lacks what the data, the latents or the components are");
    }
    return found;
  }

  /**
   * What the examples are made of.
   *
   * @param folder that the description was read from, for messages
   * @param registry finds kinds of values
   * @return the description of the data
   * @throws ConfigurationException if a kind of value is not installed
   * @throws DataException if it is damaged
   */
  public DataDescription data(Path folder, Registry registry) {
    data.requireInstalled(folder.resolve(FILE), registry);
    try {
      return data.toDescription(registry);
    } catch (IllegalArgumentException | ArithmeticException | ConfigurationException fault) {
      throw damaged(folder, fault);
    }
  }

  /**
   * A fault of what a program wrote. Its message may hold text of the file.
   *
   * @param folder that the description was read from
   * @param fault says what is wrong
   * @return the exception
   */
  public static DataException damaged(Path folder, RuntimeException fault) {
    String reason = FailureText.shown(fault.getMessage(), fault.getClass().getSimpleName());
    return new DataException(folder.resolve(FILE) + ": is damaged: " + reason, fault);
  }

  /**
   * Refuses a model that is not the one described, as far as can be told without its weights.
   *
   * @param folder that the description was read from, for messages
   * @param model put together in Java
   * @throws ConfigurationException if its components, data or latents are others
   */
  public void requireSame(Path folder, Model model) {
    Map<String, String> names = ModelFactory.classNames(model);
    // a configuration has its own names for components
    if (configuration == null && !components.equals(names)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: holds a model of other components: %s",
              folder,
              FailureText.shown(differences(names), "none")));
    }
    requireSameData(folder, model);
  }

  /**
   * Refuses a model of other data or latents.
   *
   * @param folder that the description was read from, for messages
   * @param model any
   * @throws ConfigurationException if its data or latents are others
   */
  void requireSameData(Path folder, Model model) {
    if (!latentSizes.equals(model.latentSizes())) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: holds a model with latents of the sizes %s, not %s",
              folder,
              latentSizes,
              model.latentSizes()));
    }
    if (!data.equals(DataJson.of(model.data()))) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: holds a model of other data; describe the shape of examples, the kinds of"
                  + " values and what may be missing as %s does",
              folder,
              FILE));
    }
  }

  private String differences(Map<String, String> names) {
    Set<String> parts = new TreeSet<>(components.keySet());
    parts.addAll(names.keySet());
    return parts.stream()
        .filter(part -> !Objects.equals(components.get(part), names.get(part)))
        .map(part -> "its " + part + " is " + components.get(part) + ", not " + names.get(part))
        .collect(Collectors.joining(", "));
  }

  /**
   * The experiment's configuration.
   *
   * @param folder that the description was read from, for messages
   * @return the whole configuration
   * @throws ConfigurationException if the model was put together in Java
   */
  public Settings configuration(Path folder) {
    if (configuration == null) {
      throw new ConfigurationException(
          folder
              + ": holds a model that was put together in Java of "
              + MessageText.of(List.copyOf(components.values()))
              + "; open it there, with Vae.open and the same components");
    }
    return new Settings(JsonConfig.of(configuration, folder.resolve(FILE).toString()), "");
  }
}
