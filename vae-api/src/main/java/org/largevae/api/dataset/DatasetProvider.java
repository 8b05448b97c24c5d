package org.largevae.api.dataset;

import java.util.List;
import org.largevae.api.component.Provider;

/**
 * A kind of dataset, for example {@code freyfaces} or a folder of images. Configured as {@code
 * dataset { name = freyfaces }}.
 *
 * @param <S> its settings
 */
public abstract class DatasetProvider<S extends Record> extends Provider<S> {

  /**
   * A provider.
   *
   * @param name by which a configuration asks for the dataset
   * @param description one line without a full stop
   * @param settings the record of its settings
   */
  protected DatasetProvider(String name, String description, Class<S> settings) {
    super(name, description, settings);
  }

  /**
   * Reads the examples.
   *
   * @param settings the dataset's own settings in the section {@code dataset}
   * @param files finds published files
   * @return the raw examples: a {@link Dataset}, or a {@link RawTable}, which is read later
   * @throws org.largevae.api.data.DataException if data are missing or damaged
   * @throws org.largevae.api.config.ConfigurationException if a setting is bad
   */
  public abstract RawData load(S settings, DataFiles files);

  /**
   * The published files that {@link #load} reads. Their SHA-256 are among the data's fingerprints;
   * of an archive, those of the files within.
   *
   * @return the files; empty where the user names a file or folder
   */
  public List<DataFile> files() {
    return List.of();
  }
}
