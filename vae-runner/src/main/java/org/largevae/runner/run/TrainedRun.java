package org.largevae.runner.run;

import java.nio.file.Path;
import java.util.Locale;
import org.largevae.api.data.DataException;
import org.largevae.core.TrainedVae;
import org.largevae.core.preparation.Examples;
import org.largevae.core.preparation.PreparedDataset;
import org.largevae.core.results.BaselineResult;
import org.largevae.runner.configuration.Experiment;

/** A run's folder opened for use: its model with the best weights, its data where asked for. */
public final class TrainedRun implements AutoCloseable {
  private final Experiment experiment;
  private final Path folder;
  private final TrainedVae vae;
  private final DataLoading data;
  private final boolean allowChangedData;
  private PreparedDataset dataset;

  TrainedRun(
      Experiment experiment,
      Path folder,
      TrainedVae vae,
      DataLoading data,
      boolean allowChangedData) {
    this.experiment = experiment;
    this.folder = folder;
    this.vae = vae;
    this.data = data;
    this.allowChangedData = allowChangedData;
  }

  /**
   * The experiment that was run.
   *
   * @return as it was carried out
   */
  public Experiment experiment() {
    return experiment;
  }

  /**
   * Its model.
   *
   * @return with the best weights; closed with this
   */
  public TrainedVae vae() {
    return vae;
  }

  /**
   * The test examples, loaded when first asked for.
   *
   * @return as the model sees them
   * @throws DataException if the data are missing, damaged, or others than those of the run
   */
  public Examples test() {
    return dataset().test();
  }

  /**
   * What a trivial model, fitted on the run's training examples, reaches on its test examples.
   *
   * @return its figures; null if there is no such model of these data
   * @throws DataException as {@link #test}
   */
  public BaselineResult baseline() {
    return ExperimentBaseline.of(experiment, dataset()).on(dataset().test());
  }

  private PreparedDataset dataset() {
    if (dataset == null) {
      PreparedDataset found = data.reload(experiment, folder, allowChangedData);
      if (!found.data().equals(vae.data())) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "dataset %s: its examples are %s now, but the model was trained on %s",
                found.name(),
                found.data().shape(),
                vae.data().shape()));
      }
      dataset = found;
    }
    return dataset;
  }

  @Override
  public void close() {
    vae.close();
  }
}
