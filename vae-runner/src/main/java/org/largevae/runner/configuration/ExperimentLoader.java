package org.largevae.runner.configuration;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.folder.ModelDescription;
import org.largevae.core.folder.SavedModel;
import org.largevae.core.registry.Registry;

/**
 * Reads and writes experiments. From the lowest to the highest count: the defaults of the runner,
 * of the data's preparation and of each chosen component; the preset or file; the overrides. A
 * source that chooses another component than those below it leaves their keys of that component
 * behind.
 */
public final class ExperimentLoader {
  private static final List<String> SECTIONS =
      List.of("experiment", "dataset", "model", "training", "evaluation");

  private final Registry registry;
  private final Presets presets;

  /**
   * A loader that knows the presets on the class path of this class.
   *
   * @param registry the installed components
   */
  public ExperimentLoader(Registry registry) {
    this(registry, new Presets(ExperimentLoader.class.getClassLoader()));
  }

  /**
   * A loader.
   *
   * @param registry the installed components
   * @param presets the presets
   */
  @Inject
  public ExperimentLoader(Registry registry, Presets presets) {
    this.registry = Objects.requireNonNull(registry, "registry is null");
    this.presets = Objects.requireNonNull(presets, "presets is null");
  }

  /**
   * Loads an experiment.
   *
   * @param source a file, or else the name of a preset
   * @param overrides each {@code KEY=VALUE}; a value that is not HOCON is taken as plain text
   * @return the experiment
   * @throws ConfigurationException if something is wrong; the message has one line for each fault
   */
  public Experiment load(String source, List<String> overrides) {
    Faults faults = new Faults();
    ConfigObject document = document(source);
    return compose(List.of(document, Overrides.parse(overrides, faults)), faults);
  }

  /**
   * Loads an experiment from several sources.
   *
   * @param layers from the lowest to the highest, as {@link #document} and {@link #overrides} give
   *     them
   * @return the experiment
   * @throws ConfigurationException if something is wrong; the message has one line for each fault
   */
  public Experiment load(List<ConfigObject> layers) {
    return compose(layers, new Faults());
  }

  /**
   * Reads a source without checking its keys.
   *
   * @param source a file, or else the name of a preset
   * @return its tree
   * @throws ConfigurationException if there is none or it is not HOCON
   */
  public ConfigObject document(String source) {
    Path file = path(source);
    if (file != null && Files.isRegularFile(file)) {
      return read(file);
    }
    return presets
        .find(source)
        .map(preset -> Hocon.parse(presets.text(preset), "preset " + preset.name()))
        .orElseThrow(() -> noSuchSource(source, file));
  }

  /**
   * Reads overrides without checking their keys.
   *
   * @param overrides each {@code KEY=VALUE}; a value that is not HOCON is taken as plain text
   * @return their tree
   * @throws ConfigurationException if one is not of that form
   */
  public static ConfigObject overrides(List<String> overrides) {
    Faults faults = new Faults();
    ConfigObject tree = Overrides.parse(overrides, faults);
    faults.throwIfAny();
    return tree;
  }

  /**
   * Loads the experiment of a run.
   *
   * @param folder the run's
   * @return the experiment
   * @throws ConfigurationException if the folder holds no run, or one that this program cannot
   *     carry out
   * @throws org.largevae.api.data.DataException if its description is damaged or of another version
   */
  public Experiment fromRun(Path folder) {
    return fromRun(folder, List.of());
  }

  /**
   * Loads the experiment of a run, some of whose keys are to differ.
   *
   * @param folder the run's
   * @param overrides each {@code KEY=VALUE}
   * @return the experiment
   * @throws ConfigurationException if the folder holds no run, or one that this program cannot
   *     carry out, or an override is bad
   * @throws org.largevae.api.data.DataException if its description is damaged or of another version
   */
  public Experiment fromRun(Path folder, List<String> overrides) {
    SavedModel.requireModel(folder);
    ConfigObject begun = ModelDescription.read(folder).configuration(folder).config().root();
    Faults faults = new Faults();
    return compose(List.of(begun, Overrides.parse(overrides, faults)), faults);
  }

  /**
   * Writes an experiment as a file that loads as an equal one.
   *
   * @param experiment the experiment
   * @return HOCON with every key
   */
  public String render(Experiment experiment) {
    ConfigRenderOptions options =
        ConfigRenderOptions.defaults().setOriginComments(false).setComments(false).setJson(false);
    return SECTIONS.stream()
        .map(section -> experiment.config().getValue(section).atKey(section))
        .map(section -> section.root().render(options))
        .collect(Collectors.joining("\n"));
  }

  private Experiment compose(List<ConfigObject> layers, Faults faults) {
    Composition composition = new Composition(registry, faults);
    layers.forEach(composition::add);
    Experiment experiment = new ExperimentReader(registry, faults).read(composition.result());
    faults.throwIfAny();
    return experiment;
  }

  private ConfigurationException noSuchSource(String source, Path file) {
    if (file != null && Files.isDirectory(file)) {
      return new ConfigurationException(
          source + ": is a folder; give an experiment's file or the name of a preset");
    }
    return new ConfigurationException(
        String.format(
            Locale.ROOT, "\"%s\": no such file or preset. %s", source, presets.suggestion(source)));
  }

  /**
   * Reads a file of HOCON without checking its keys.
   *
   * @param file the file
   * @return its tree
   * @throws ConfigurationException if it cannot be read or is not HOCON
   */
  public static ConfigObject read(Path file) {
    try {
      return Hocon.parse(Files.readString(file), file.toString());
    } catch (MalformedInputException notText) {
      throw new ConfigurationException(file + ": is not a text file in UTF-8", notText);
    } catch (IOException unreadable) {
      String reason = Files.isReadable(file) ? unreadable.getMessage() : "permission denied";
      throw new ConfigurationException(file + ": cannot be read: " + reason, unreadable);
    }
  }

  private static Path path(String source) {
    try {
      return Path.of(source);
    } catch (InvalidPathException noPath) {
      return null;
    }
  }
}
