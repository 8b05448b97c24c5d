package org.largevae.runner.application;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.largevae.api.component.ModelShape;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataFile;
import org.largevae.api.data.DataFiles;
import org.largevae.api.data.Dataset;
import org.largevae.core.preparation.Examples;
import org.largevae.core.preparation.Preparation;
import org.largevae.core.preparation.PreparedDataset;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.engine.Devices;
import org.largevae.core.engine.Seeds;
import org.largevae.runner.experiment.Experiment;
import org.largevae.runner.experiment.ExperimentLoader;
import org.largevae.core.model.Components;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.VariationalAutoencoder;
import org.largevae.runner.run.DefaultExperimentRunner;
import org.largevae.core.training.DivergedException;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.core.training.TrainingListener;
import org.largevae.core.training.TrainingLoop;
import org.largevae.core.training.TrainingPosition;
import org.largevae.core.training.TrainingState;

/**
 * One training for an application; the same steps on the same numbers with a folder and without.
 *
 * @param experiment the whole configuration
 * @param components finds components, among them the data
 * @param listener hears of progress
 * @param cancelled asked before every step
 */
record Training(
    Experiment experiment,
    ComponentSet components,
    TrainingListener listener,
    BooleanSupplier cancelled) {
  private static final String THRESHOLD = "threshold";
  private static final String PROVENANCE = "provenance.json";

  /** Trains without writing anything. */
  TrainedVae inMemory(Dataset data) {
    PreparedDataset prepared = new Preparation(experiment.dataset()).prepare(data);
    ModelShape shape =
        new ModelShape(prepared.shape(), prepared.support(), experiment.model().latentSize());
    Device device = Devices.choose(experiment.device());
    Components parts = ModelFactory.assemble(components, experiment.model(), shape);
    try (NDManager manager = NDManager.newBaseManager(device, "PyTorch")) {
      ResidentExamples training = resident(manager, prepared.training(), prepared.resampled());
      ResidentExamples validation = resident(manager, prepared.validation(), false);
      long seed = experiment.seed();
      long order = Seeds.of(seed, Seeds.Purpose.INITIAL_VALUES, 0, 0);
      VariationalAutoencoder model =
          ModelFactory.initialize(
              parts, shape, device, seed, (owner, count) -> training.draw(owner, count, order));
      try {
        train(model, training, validation);
        return new TrainedVae(model, threshold());
      } catch (RuntimeException | Error failure) {
        model.close();
        throw failure;
      }
    }
  }

  private void train(
      VariationalAutoencoder model, ResidentExamples training, ResidentExamples validation) {
    AtomicReference<TrainingPosition> last = new AtomicReference<>();
    try (TrainingState state = new TrainingState(model, experiment.training().optimizer())) {
      new TrainingLoop(
              experiment.training(),
              experiment.seed(),
              training,
              validation,
              listener,
              reached -> last.set(reached.position()),
              cancelled)
          .run(state);
      state.useBestWeights();
    } catch (TrainingInterruptedException interrupted) {
      throw new TrainingInterruptedException(
          String.format(
              Locale.ROOT,
              "cancelled in epoch %d of %d after %d steps of it; without an output folder nothing is"
                  + " kept",
              last.get().epoch(),
              experiment.training().epochs(),
              last.get().step()));
    } catch (DivergedException diverged) {
      throw new DivergedException(
          diverged
              .getMessage()
              .replace("the last good weights were kept; ", "")
              .replace("the weights were not saved, an earlier checkpoint is; ", ""));
    }
  }

  /** Trains in a run's folder, and opens it. */
  TrainedVae inFolder(Path folder, boolean resume, ExperimentLoader loader, Dataset data) {
    boolean goOn = resume && Files.exists(folder.resolve(PROVENANCE));
    if (goOn) {
      requireSameData(folder, data);
    }
    try {
      new DefaultExperimentRunner(components, loader, new NoFiles())
          .run(experiment, folder, goOn, listener, cancelled);
    } catch (TrainingInterruptedException interrupted) {
      throw new TrainingInterruptedException(
          interrupted.getMessage().replace("--resume goes on", "resume() goes on from it"));
    }
    VaeOpener opener = TrainedVae.at(folder).registry(components);
    return opener.device(experiment.device()).open();
  }

  private static void requireSameData(Path folder, Dataset data) {
    Path file = folder.resolve(PROVENANCE);
    try {
      JsonElement noted =
          JsonParser.parseString(Files.readString(file))
              .getAsJsonObject()
              .getAsJsonObject("data-sha256")
              .get(data.name());
      if (noted == null || !noted.getAsString().equals(data.fingerprints().get(data.name()))) {
        throw new ConfigurationException(
            folder + ": cannot be resumed with other examples than those it was begun with");
      }
    } catch (IOException | JsonParseException | IllegalStateException damaged) {
      throw new DataException(file + ": is damaged: " + damaged.getMessage(), damaged);
    }
  }

  private double threshold() {
    return experiment.dataset().config().getDouble(THRESHOLD);
  }

  private static ResidentExamples resident(NDManager manager, Examples examples, boolean drawn) {
    return ResidentExamples.of(manager, examples.values(), examples.dimensions(), drawn);
  }

  /** The data are in memory; there are no files. */
  private static final class NoFiles implements DataFiles {
    @Override
    public byte[] read(DataFile file) {
      throw new DataException(file.name() + ": examples in memory are trained on without files");
    }

    @Override
    public Optional<String> locate(DataFile file) {
      return Optional.empty();
    }

    @Override
    public Path resolve(String path) {
      return Path.of(path).toAbsolutePath();
    }
  }
}
