package org.largevae.runner.run;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.RawTable;
import org.largevae.core.TrainedVae;
import org.largevae.core.preparation.ExampleReader;
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

  /**
   * Reads all examples of the run's own data in their order.
   *
   * @param kept the part to be given; empty for all, with those that are in no part
   * @param atOnce the most examples of a block, at least 1
   * @param consumer is given each block
   * @throws DataException as {@link #test}
   */
  public void read(Optional<DataPart> kept, int atOnce, Consumer<RowBlock> consumer) {
    data.load(
        experiment,
        raw -> {
          PreparedDataset prepared = data.prepare(raw, experiment, folder, allowChangedData);
          requireFit(prepared);
          PartPlaces parts = PartPlaces.of(prepared.places());
          String name = "dataset " + prepared.name();
          ExampleReader.ofDataset(experiment.preparation(), vae.data())
              .read(raw, name, atOnce, block -> parts.of(block, kept).ifPresent(consumer));
          return null;
        });
  }

  /**
   * Reads all examples of a file in its order, as the run's own data were read. Of a table a block
   * at a time is in memory.
   *
   * @param file a file or folder of the form of the run's own
   * @param atOnce the most examples of a block, at least 1
   * @param consumer is given each block
   * @throws DataException if the file is missing or damaged, or its examples are not of the model's
   *     form; blocks before a bad row have been given
   * @throws org.largevae.api.config.ConfigurationException if the run's own data are in no file of
   *     the user's
   */
  public void read(Path file, int atOnce, Consumer<RowBlock> consumer) {
    data.load(
        experiment,
        file,
        vae.data().names(),
        raw -> {
          ExampleReader.ofFile(experiment.preparation(), vae.data())
              .read(raw, file.toString(), atOnce, block -> consumer.accept(RowBlock.of(block)));
          return null;
        });
  }

  /**
   * Reads a file as a table of text.
   *
   * @param file of the form of the run's own
   * @param work is given the table
   * @throws DataException if the file is missing or damaged
   * @throws org.largevae.api.config.ConfigurationException if the run's own data are no table
   */
  public void table(Path file, Consumer<RawTable> work) {
    data.load(
        experiment,
        file,
        vae.data().names(),
        raw -> {
          if (!(raw instanceof RawTable table) || vae.data().names().isEmpty()) {
            throw new ConfigurationException(
                String.format(
                    Locale.ROOT,
                    "%s: its dataset is %s and no table with columns of their own kinds, as"
                        + " dataset.name = table reads it",
                    folder,
                    experiment.dataset()));
          }
          work.accept(table);
          return null;
        });
  }

  private PreparedDataset dataset() {
    if (dataset == null) {
      dataset = data.reload(experiment, folder, allowChangedData);
      requireFit(dataset);
    }
    return dataset;
  }

  private void requireFit(PreparedDataset found) {
    if (!found.data().equals(vae.data())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "dataset %s: its examples are %s now, but the model was trained on %s",
              found.name(),
              found.data().shape(),
              vae.data().shape()));
    }
  }

  @Override
  public void close() {
    vae.close();
  }
}
