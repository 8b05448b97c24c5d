package org.largevae.runner.application;

import org.largevae.api.config.Settings;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataFiles;
import org.largevae.api.data.Dataset;
import org.largevae.api.data.DatasetProvider;

/**
 * The data that an application gave to a {@link VaeTrainer}. A run's folder notes its name {@code
 * in-memory}; it is installed, without data, so that the command can open such a folder and say
 * what it cannot do there.
 */
public final class InMemoryProvider implements DatasetProvider {
  /** The name in a configuration. */
  public static final String NAME = "in-memory";

  private final Dataset data;

  /** The provider as it is installed, which has no data. */
  public InMemoryProvider() {
    this(null);
  }

  /**
   * The provider while an application trains.
   *
   * @param data its data
   */
  InMemoryProvider(Dataset data) {
    this.data = data;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "examples that an application holds in memory and trains on itself";
  }

  @Override
  public Dataset load(Settings settings, DataFiles files) {
    if (data == null) {
      throw new DataException(
          "dataset "
              + NAME
              + ": only the application that trained on these examples has them; a run's folder"
              + " keeps the model, which needs no data to sample or to be opened by TrainedVae");
    }
    return data;
  }
}
