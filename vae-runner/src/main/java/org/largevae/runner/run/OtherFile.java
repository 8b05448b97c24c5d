package org.largevae.runner.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataException;
import org.largevae.runner.configuration.Experiment;

/** Another file in the place of an experiment's own. */
final class OtherFile {
  /** The keys by which datasets name the user's file. */
  private static final List<String> FILE_KEYS = List.of("file", "folder");

  private static final String LABELS = "labels";
  private static final String HEADER = "header";

  /** What the key says that does not name a file of labels. */
  private static final Set<String> LABEL_SOURCES = Set.of("auto", "none", "folders");

  private OtherFile() {}

  /**
   * The section {@code dataset} with another file. A file of labels is the own file's, and left
   * out.
   *
   * @param names of the columns that the model knows, which say whether the files have a header
   * @throws ConfigurationException if the dataset names no file
   * @throws DataException if the other is not there
   */
  static Settings section(Experiment experiment, Path file, List<String> names) {
    Settings own = experiment.section("dataset");
    Optional<String> key = FILE_KEYS.stream().filter(own::has).findFirst();
    if (key.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: cannot be read as the run's data were: its dataset is %s, which is in no file of"
                  + " yours; without a file the run's own data are taken",
              file,
              experiment.dataset()));
    }
    if (!Files.exists(file)) {
      throw new DataException(file + ": there is no such file or folder");
    }
    Config config =
        own.config().withValue(key.get(), ConfigValueFactory.fromAnyRef(file.toString(), "FILE"));
    boolean ownLabels =
        Stream.of(LABELS)
            .filter(own::has)
            .anyMatch(labels -> !LABEL_SOURCES.contains(own.text(labels)));
    Config labelled = ownLabels ? config.withoutPath(LABELS) : config;
    return new Settings(withHeader(labelled, names), "dataset");
  }

  /** What was found in the own file is not asked again of another. */
  private static Config withHeader(Config config, List<String> names) {
    boolean asked = config.hasPath(HEADER) && config.getString(HEADER).equals("auto");
    if (!asked || names.isEmpty()) {
      return config;
    }
    // columns without names are called by their numbers
    boolean numbers = names.stream().allMatch(name -> name.matches("[1-9]\\d*"));
    return config.withValue(HEADER, ConfigValueFactory.fromAnyRef(!numbers, "the run"));
  }
}
