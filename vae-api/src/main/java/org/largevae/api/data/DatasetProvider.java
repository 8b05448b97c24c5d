package org.largevae.api.data;

import java.util.List;
import org.largevae.api.component.Provider;
import org.largevae.api.config.Settings;

/**
 * A kind of dataset, for example {@code freyfaces} or a folder of images. Configured as {@code
 * dataset { name = freyfaces }}.
 */
public interface DatasetProvider extends Provider {

  /**
   * Reads the examples.
   *
   * @param settings the configuration section {@code dataset}
   * @param files finds published files
   * @return the raw examples
   * @throws DataException if data are missing or damaged
   * @throws org.largevae.api.config.ConfigurationException if a setting is bad
   */
  Dataset load(Settings settings, DataFiles files);

  /**
   * The published files that {@link #load} reads.
   *
   * @return the files; empty where the user names a file or folder
   */
  default List<DataFile> files() {
    return List.of();
  }
}
