package org.largevae.runner.run;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.dataset.RawData;
import org.largevae.api.files.MessageText;
import org.largevae.core.folder.ChangedDataException;
import org.largevae.core.folder.ModelDescription;
import org.largevae.core.folder.Provenance;
import org.largevae.core.model.ModelAssembly;
import org.largevae.core.preparation.Preparation;
import org.largevae.core.preparation.PreparedDataset;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;
import org.largevae.runner.configuration.Experiment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads and prepares the data that an experiment names. */
public final class DataLoading {
  private static final Logger LOGGER = LoggerFactory.getLogger(DataLoading.class);

  private final Registry registry;
  private final DataFiles files;

  /**
   * A loader.
   *
   * @param registry finds the dataset
   * @param files finds its files
   */
  @Inject
  public DataLoading(Registry registry, DataFiles files) {
    this.registry = registry;
    this.files = files;
  }

  /**
   * Loads the data of an experiment.
   *
   * @param experiment names them
   * @return the data, prepared
   * @throws DataException if they are missing or damaged
   * @throws org.largevae.api.config.ConfigurationException if a setting does not suit them
   */
  PreparedDataset load(Experiment experiment) {
    return load(experiment, raw -> new Preparation(experiment.preparation()).prepare(raw));
  }

  /**
   * Reads the data of an experiment and does something with them.
   *
   * @param experiment names them
   * @param work gets them as they are in the file
   * @return what the work gave
   * @throws DataException if they are missing or damaged
   * @throws org.largevae.api.config.ConfigurationException if a setting does not suit them
   */
  <T> T load(Experiment experiment, Function<RawData, T> work) {
    return load(experiment.dataset(), experiment.section("dataset"), work);
  }

  /**
   * Reads a file as the data of an experiment were read, and does something with them.
   *
   * @param experiment names its own file
   * @param file a file or folder of the same form
   * @param names of the columns that the model knows; empty where they have none
   * @param work gets what is in the file
   * @return what the work gave
   * @throws DataException if the file is missing or damaged
   * @throws org.largevae.api.config.ConfigurationException if the experiment's data are in no file
   *     of the user's
   */
  <T> T load(Experiment experiment, Path file, List<String> names, Function<RawData, T> work) {
    return load(experiment.dataset(), OtherFile.section(experiment, file, names), work);
  }

  private <T> T load(String name, Settings section, Function<RawData, T> work) {
    try {
      return work.apply(load(registry.find(ComponentKind.DATASET, name), section));
    } catch (SettingException broken) {
      throw section.fault(broken.key(), broken.rule());
    }
  }

  private <S extends Record> RawData load(DatasetProvider<S> provider, Settings section) {
    return provider.load(ModelAssembly.read(provider, section), files);
  }

  /** With the scales that the model was trained on, which changed data would not give again. */
  private PreparedDataset asTrainedOn(PreparedDataset dataset, Path folder) {
    if (!Files.exists(folder.resolve(ModelDescription.FILE))) {
      return dataset;
    }
    ModelDescription model = ModelDescription.read(folder);
    model.requireSameTraining(folder, dataset.training());
    DataDescription known = model.data(folder, registry);
    if (known.equals(dataset.data())) {
      return dataset;
    } else if (known.unscaled().equals(dataset.data().unscaled())) {
      return dataset.describedBy(known);
    }
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s: was trained on other data than those of dataset %s now: %s; say what columns are"
                + " with dataset.columns, or train anew",
            folder,
            dataset.name(),
            difference(known.unscaled(), dataset.data().unscaled())));
  }

  private static String difference(DataDescription known, DataDescription now) {
    if (!known.shape().equals(now.shape()) || !known.names().equals(now.names())) {
      return "examples of "
          + known.shape()
          + " "
          + MessageText.of(known.names())
          + ", now of "
          + now.shape()
          + " "
          + MessageText.of(now.names());
    }
    for (int value = 0; value < known.dimensions(); value++) {
      String before = described(known, value);
      String after = described(now, value);
      if (!before.equals(after)) {
        String name = known.names().isEmpty() ? "value " + value : known.names().get(value);
        return MessageText.of(name) + " was " + before + " and is " + after;
      }
    }
    return "another kind of data";
  }

  private static String described(DataDescription data, int value) {
    List<String> categories = data.categories(value);
    return data.kind(value).name()
        + (categories.isEmpty() ? "" : " (" + MessageText.of(categories) + ")")
        + (data.mayBeMissing(value) ? " with gaps" : "");
  }

  /**
   * Loads the data of a run that is opened again, and refuses others.
   *
   * @param experiment of the run
   * @param folder of the run
   * @param allowChanged whether other data than those it was begun with are meant
   * @return the data, prepared
   * @throws DataException if they are missing, damaged, or others than they were
   */
  PreparedDataset reload(Experiment experiment, Path folder, boolean allowChanged) {
    return load(experiment, raw -> prepare(raw, experiment, folder, allowChanged));
  }

  /**
   * Prepares the data of a run that is opened again, and refuses others.
   *
   * @param raw the data as they are in the file
   * @param experiment of the run
   * @param folder of the run
   * @param allowChanged whether other data than those it was begun with are meant
   * @return the data, prepared
   * @throws DataException if they are others than they were
   */
  PreparedDataset prepare(RawData raw, Experiment experiment, Path folder, boolean allowChanged) {
    PreparedDataset dataset = new Preparation(experiment.preparation()).prepare(raw);
    requireSame(dataset, folder, allowChanged);
    return asTrainedOn(dataset, folder);
  }

  private void requireSame(PreparedDataset dataset, Path folder, boolean allowChanged) {
    try {
      Provenance.requireSameData(folder, dataset.fingerprints());
    } catch (ChangedDataException changed) {
      if (!allowChanged) {
        throw changed;
      }
      LOGGER.warn("{}", changed.getMessage());
    }
  }
}
