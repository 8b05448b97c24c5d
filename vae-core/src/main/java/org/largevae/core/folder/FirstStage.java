package org.largevae.core.folder;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.DataException;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.MessageText;
import org.largevae.api.files.Sha256;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.training.FrozenComponents;
import org.largevae.core.training.TrainingSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trained model that another training starts from, by {@code training.start-from}: a run with
 * its best weights, or a saved model.
 *
 * @param given its folder as it was given
 * @param description of its model
 * @param weights the file of its weights
 * @param sha256 of that file
 */
public record FirstStage(String given, ModelDescription description, Path weights, String sha256) {
  private static final Logger LOGGER = LoggerFactory.getLogger(FirstStage.class);
  private static final String START_FROM = "start-from";
  private static final String FROZEN = "frozen";
  private static final String FOLDER = "folder";
  private static final String SHA256 = "weights-sha256";
  private static final int SHOWN = 3;

  /**
   * Opens what a training starts from, if it starts and is not resumed from a checkpoint, which has
   * all weights.
   *
   * @param settings the section {@code training}
   * @param run the folder that is trained in; empty for a training in memory
   * @return empty where nothing is started from
   * @throws SettingException if the folder given holds no model, or components are frozen without
   *     one
   * @throws DataException if a file of it is damaged, or its weights are not those that the run was
   *     begun with
   */
  public static Optional<FirstStage> of(TrainingSettings settings, Optional<Path> run) {
    if (settings.startFrom().isEmpty() && !settings.frozen().isEmpty()) {
      throw new SettingException(
          FROZEN, "must come with training.start-from, the folder of the weights that are kept");
    }
    boolean resumed =
        run.isPresent() && new Checkpoints(run.get().resolve(RunFolder.CHECKPOINTS)).exist();
    if (settings.startFrom().isEmpty() || resumed) {
      return Optional.empty();
    }
    FirstStage first = open(settings.startFrom().get());
    run.ifPresent(first::requireRecorded);
    return Optional.of(first);
  }

  private static FirstStage open(String given) {
    Path folder = path(given);
    if (!Files.isDirectory(folder)) {
      throw new SettingException(START_FROM, "there is no such folder");
    }
    if (Files.notExists(folder.resolve(ModelDescription.FILE))
        && Files.notExists(folder.resolve(RunRecords.CONFIGURATION))) {
      throw new SettingException(
          START_FROM, "is not the folder of a run or model; it has no " + ModelDescription.FILE);
    }
    SavedModel.requireModel(folder);
    ModelDescription description = ModelDescription.read(folder);
    if (description.weightsSha256() == null
        && !new Checkpoints(folder.resolve(RunFolder.CHECKPOINTS)).exist()) {
      throw new SettingException(START_FROM, "holds a run without a checkpoint yet; resume it");
    }
    Path weights = SavedModel.weights(folder, description);
    try {
      return new FirstStage(given, description, weights, Sha256.hex(Files.readAllBytes(weights)));
    } catch (IOException failure) {
      throw new DataException(weights + ": cannot be read: " + FailureText.of(failure), failure);
    }
  }

  private static Path path(String given) {
    try {
      return Path.of(given);
    } catch (InvalidPathException noPath) {
      throw new SettingException(START_FROM, "is not the path of a folder");
    }
  }

  /**
   * Its folder.
   *
   * @return the path that was given
   */
  public Path folder() {
    return Path.of(given);
  }

  /** What the provenance of a training from here records. */
  Map<String, String> provenance() {
    Map<String, String> recorded = new LinkedHashMap<>();
    recorded.put(FOLDER, given);
    recorded.put(SHA256, sha256);
    return recorded;
  }

  private void requireRecorded(Path run) {
    String recorded = Provenance.firstStage(run).get(SHA256);
    if (recorded != null && !recorded.equals(sha256)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: was begun from the weights of %s, which have changed since: their SHA-256 was %s"
                  + " and is %s; begin a new run",
              run,
              given,
              MessageText.of(recorded),
              sha256));
    }
  }

  /**
   * Gives parameters their trained values: those that its model has too, in a component of the same
   * name and type, by the same name and of the same shape.
   *
   * @param model with its own start, changed in place
   * @param frozen names of the components all of whose parameters must be among them
   * @return what was taken from where, a clause for people
   * @throws SettingException if the model is of other data or latents, has no such parameter, or
   *     lacks one of a frozen component
   * @throws DataException if the file of weights is damaged
   */
  public String load(ParameterizedModel model, List<String> frozen) {
    try {
      description.requireSameData(folder(), model.model());
    } catch (ConfigurationException other) {
      String rule = other.getMessage().substring((folder() + ": ").length());
      throw new SettingException(START_FROM, rule);
    }
    SafeTensorsFile file = SafeTensorsFile.read(weights);
    Map<String, NDArray> taken = new LinkedHashMap<>();
    List<String> whole = new ArrayList<>();
    List<String> anew = new ArrayList<>();
    for (String component : model.model().components().keySet()) {
      Map<String, NDArray> own = parameters(model, component);
      Map<String, NDArray> found = fitting(own, file, hasType(model, component));
      List<String> missing = own.keySet().stream().filter(p -> !found.containsKey(p)).toList();
      if (FrozenComponents.names(frozen, component)) {
        requireWhole(model, component, missing);
      }
      if (!own.isEmpty()) {
        (missing.isEmpty() ? whole : anew).add(component);
      }
      if (!found.isEmpty() && !missing.isEmpty()) {
        LOGGER.warn(
            "the {} takes {} of its {} parameters from {}; {} start anew, since it has none of"
                + " their names and shapes",
            component,
            found.size(),
            own.size(),
            given,
            shown(missing));
      }
      taken.putAll(found);
    }
    if (taken.isEmpty()) {
      throw new SettingException(
          START_FROM,
          "has no parameter of this model's; its components are "
              + MessageText.of(List.copyOf(description.components().values())));
    }
    SafeTensors.readSome(weights, file, taken);
    return String.format(
        Locale.ROOT,
        "starting from %s: %s; anew: %s",
        given,
        whole.isEmpty() ? "parts" : String.join(", ", whole),
        anew.isEmpty() ? "nothing" : String.join(", ", anew));
  }

  private static Map<String, NDArray> parameters(ParameterizedModel model, String component) {
    Map<String, NDArray> own = new LinkedHashMap<>(model.arrays());
    own.keySet().removeIf(name -> !name.startsWith(component + "."));
    return own;
  }

  private static Map<String, NDArray> fitting(
      Map<String, NDArray> own, SafeTensorsFile file, boolean sameType) {
    Map<String, NDArray> found = new LinkedHashMap<>(own);
    found
        .entrySet()
        .removeIf(
            parameter -> {
              SafeTensorsFile.Entry entry = file.entries().get(parameter.getKey());
              return !sameType
                  || entry == null
                  || !entry.shape().equals(parameter.getValue().getShape())
                  || entry.type() != parameter.getValue().getDataType();
            });
    return found;
  }

  /** A model put together in Java is known by classes, one of a configuration by types. */
  private boolean hasType(ParameterizedModel model, String component) {
    boolean inJava = model.types().equals(ModelFactory.classNames(model.model()));
    boolean comparable = inJava == (description.configuration() == null);
    return !comparable || model.type(component).equals(type(component));
  }

  private void requireWhole(ParameterizedModel model, String component, List<String> missing) {
    if (missing.isEmpty()) {
      return;
    }
    String type = type(component);
    throw new SettingException(
        FROZEN,
        hasType(model, component)
            ? String.format(
                Locale.ROOT,
                "the %s cannot be kept, since %s lacks its %s in these shapes; give model.%s the"
                    + " settings of that run, or train it",
                component,
                given,
                shown(missing),
                ParameterizedModel.part(component))
            : String.format(
                Locale.ROOT,
                "the %s cannot be kept, since it is %s and that of %s is %s; choose the same, or"
                    + " train it",
                component,
                model.type(component),
                given,
                type == null ? "not there" : MessageText.of(type)));
  }

  /** Null where it has no such component. */
  private String type(String component) {
    return ParameterizedModel.typeIn(description.components(), component).orElse(null);
  }

  private static String shown(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() > SHOWN ? first + " and " + (names.size() - SHOWN) + " more" : first;
  }
}
