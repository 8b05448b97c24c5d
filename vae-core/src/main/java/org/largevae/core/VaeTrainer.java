package org.largevae.core;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.largevae.api.component.ClassNames;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.model.Model;
import org.largevae.api.objective.Objective;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.engine.Devices;
import org.largevae.core.engine.PyTorch;
import org.largevae.core.engine.TrainingPermit;
import org.largevae.core.folder.FirstStage;
import org.largevae.core.folder.ModelDescription;
import org.largevae.core.folder.Provenance;
import org.largevae.core.folder.RunFolder;
import org.largevae.core.folder.TrainingSession;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.objective.ElboObjective;
import org.largevae.core.preparation.Examples;
import org.largevae.core.training.OptimizerSettings;
import org.largevae.core.training.TrainingListener;
import org.largevae.core.training.TrainingSettings;

/**
 * How to train a {@link Vae} on examples in memory; made by {@link Vae#trainer}. What is not set
 * has the defaults of a configuration's section {@code training}. A part of the examples is held
 * back for validation, and the weights of the epoch with the lowest validation loss are kept.
 *
 * <p>Not for use by several threads at a time; a process trains one model at a time.
 */
public final class VaeTrainer {
  /** What may differ where a training is resumed. */
  private static final String EPOCHS = "training.epochs";

  private final Model model;
  private final TrainingData data;
  private TrainingSettings settings = SettingsSchema.of(TrainingSettings.class).defaultValues();
  private Objective objective = new ElboObjective();
  private long seed = 1;
  private String device = "auto";
  private int threads;
  private TrainingListener listener = new TrainingListener() {};
  private BooleanSupplier cancelled = () -> false;
  private Path folder;
  private boolean resume;
  private double validationFraction = 0.1;
  private boolean resampled;

  VaeTrainer(Model model, float[][] examples) {
    this.model = model;
    this.data = new TrainingData(examples, model.data());
  }

  /**
   * How long to train.
   *
   * @param epochs how many at most, at least 1
   * @return this
   */
  public VaeTrainer epochs(int epochs) {
    return settings(current().epochs(epochs));
  }

  /**
   * How many examples a step takes.
   *
   * @param examples at least 1
   * @return this
   */
  public VaeTrainer batchSize(int examples) {
    return settings(current().batchSize(examples));
  }

  /**
   * How many latents are drawn for each example of a step.
   *
   * @param samples at least 1
   * @return this
   */
  public VaeTrainer samples(int samples) {
    return settings(current().samples(samples));
  }

  /**
   * The epoch that reaches the full weight of KL.
   *
   * @param epochs 0 for the full weight from the start
   * @return this
   */
  public VaeTrainer warmUpEpochs(int epochs) {
    return settings(current().warmUpEpochs(epochs));
  }

  /**
   * When to stop early.
   *
   * @param epochs how many without a lower validation loss; 0 for never
   * @return this
   */
  public VaeTrainer earlyStoppingEpochs(int epochs) {
    return settings(current().earlyStoppingEpochs(epochs));
  }

  /**
   * The optimiser's learning rate.
   *
   * @param rate above 0
   * @return this
   */
  public VaeTrainer learningRate(double rate) {
    OptimizerSettings now = settings.optimizer();
    return settings(
        current()
            .optimizer(
                new OptimizerSettings(now.type(), rate, now.beta1(), now.beta2(), now.epsilon())));
  }

  /**
   * Starts from an earlier training: every parameter that its model has too, in a component of the
   * same name and type, by the same name and of the same shape, gets its trained value.
   *
   * @param folder of a run or a saved model, of the same examples, held back by the same seed and
   *     fraction
   * @return this
   */
  public VaeTrainer startFrom(Path folder) {
    return settings(current().startFrom(folder.toString()));
  }

  /**
   * Trains only the other components; these keep the weights that {@link #startFrom} gives them.
   *
   * @param components names of the model's components, such as {@code encoder} and {@code decoder}
   * @return this
   */
  public VaeTrainer frozen(String... components) {
    return settings(current().frozen(List.of(components)));
  }

  /**
   * Everything that a configuration's section {@code training} says.
   *
   * @param settings in place of all that was set before
   * @return this
   * @throws IllegalArgumentException if a value is out of bounds
   */
  public VaeTrainer settings(TrainingSettings settings) {
    SettingsSchema.check(settings.optimizer());
    this.settings = SettingsSchema.check(settings);
    return this;
  }

  private TrainingSettingsBuilder current() {
    return new TrainingSettingsBuilder(settings);
  }

  private VaeTrainer settings(TrainingSettingsBuilder changed) {
    return settings(changed.build());
  }

  /**
   * What is minimised.
   *
   * @param objective the negative evidence lower bound unless set
   * @return this
   */
  public VaeTrainer objective(Objective objective) {
    this.objective = Objects.requireNonNull(objective, "objective is null");
    return this;
  }

  /**
   * The seed of all randomness.
   *
   * @param seed any number; 1 unless set
   * @return this
   */
  public VaeTrainer seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Where to train.
   *
   * @param name {@code auto}, the first GPU or else the CPU, {@code cpu}, {@code gpu} or {@code
   *     gpu:N}
   * @return this
   */
  public VaeTrainer device(String name) {
    this.device = Objects.requireNonNull(name, "name is null");
    return this;
  }

  /**
   * How many CPU threads one operation of the engine may use, in the whole process.
   *
   * @param count at least 1; all processors unless set
   * @return this
   */
  public VaeTrainer threads(int count) {
    ExampleChecks.atLeast("threads", count, 1);
    this.threads = count;
    return this;
  }

  /**
   * The fraction of the examples that chooses the best epoch and is not trained on.
   *
   * @param fraction above 0 and below 1; 0.1 unless set
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public VaeTrainer validationFraction(double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "validation fraction " + fraction + " is not above 0 and below 1");
    }
    this.validationFraction = fraction;
    return this;
  }

  /**
   * Treats the examples as probabilities of binary values, from 0 to 1, which are drawn anew in
   * each epoch: this keeps a model from memorising a small training set. Validation examples are
   * drawn once.
   *
   * @return this
   * @throws ConfigurationException if the model's data are not binary
   */
  public VaeTrainer dynamicBinarization() {
    data.requireBinary();
    this.resampled = true;
    return this;
  }

  /**
   * Who is told of progress, in the thread that trains.
   *
   * @param listener should return quickly
   * @return this
   */
  public VaeTrainer listener(TrainingListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener is null");
    return this;
  }

  /**
   * What can end training early.
   *
   * @param cancelled asked before every step, for example {@code flag::get} of an {@link
   *     java.util.concurrent.atomic.AtomicBoolean}
   * @return this
   */
  public VaeTrainer cancelledBy(BooleanSupplier cancelled) {
    this.cancelled = Objects.requireNonNull(cancelled, "cancelled is null");
    return this;
  }

  /**
   * Keeps checkpoints and metrics in a folder, which {@link Vae#open(Path)} opens later. The
   * examples are not in it.
   *
   * @param folder made if missing
   * @return this
   */
  public VaeTrainer folder(Path folder) {
    this.folder = Objects.requireNonNull(folder, "folder is null");
    return this;
  }

  /**
   * Continues the training that the folder holds, if it holds one. Components, examples, seed,
   * objective and settings must be those that it was begun with; only the number of epochs may
   * differ.
   *
   * @return this
   */
  public VaeTrainer resume() {
    this.resume = true;
    return this;
  }

  /**
   * Trains.
   *
   * @return the model with its best weights, to be closed
   * @throws ConfigurationException if parts do not fit together, the folder holds something else,
   *     there is no such device, or the engine's native library is missing
   * @throws org.largevae.api.data.DataException if the examples are not those that the folder's
   *     training was begun with
   * @throws org.largevae.core.training.TrainingInterruptedException if it was cancelled
   * @throws org.largevae.core.training.DivergedException if a number is not finite
   * @throws org.largevae.api.files.OutputException if a file cannot be written
   * @throws IllegalStateException if another training is at work in this process, or the components
   *     belong to a model that is open
   */
  public TrainedVae train() {
    PyTorch.start();
    if (threads > 0) {
      PyTorch.useThreads(threads);
    }
    Device chosen = Devices.choose(device);
    try (TrainingPermit turn = TrainingPermit.begin();
        NDManager manager = NDManager.newBaseManager(chosen, "PyTorch")) {
      if (folder != null) {
        RunFolder.requireUsable(folder);
        requireFree();
      }
      TrainingData.Parts parts = data.split(validationFraction, seed, resampled);
      TrainingSession session =
          new TrainingSession(
              settings,
              objective,
              seed,
              ResidentExamples.of(manager, parts.training(), model.data(), resampled),
              ResidentExamples.of(manager, parts.validation(), model.data(), false),
              listener,
              cancelled);
      return train(session, parts.training(), chosen);
    } catch (SettingException refused) {
      String key = refused.key();
      Object value = SettingsSchema.valuesOf(settings).get(key);
      throw new ConfigurationException(
          "training." + key + " = " + value + ": " + refused.rule(), refused);
    }
  }

  private TrainedVae train(TrainingSession session, Examples training, Device chosen) {
    Optional<FirstStage> first = FirstStage.of(settings, Optional.ofNullable(folder));
    first.ifPresent(stage -> FirstStageExamples.requireSame(stage, data, description()));
    ParameterizedModel trained =
        ModelFactory.initialize(
            model, ModelFactory.classNames(model), chosen, seed, session.training());
    try {
      first.ifPresent(stage -> listener.onPhase(stage.load(trained, settings.frozen())));
      session.rehearse(trained);
      if (folder == null) {
        session.inMemory(trained);
      } else {
        trainInFolder(session, training, trained, chosen, first);
      }
      // the examples are freed when training is over
      return new TrainedVae(trained.withoutTrainingExamples(), PictureScale.HALF);
    } catch (RuntimeException | Error failure) {
      trained.close();
      throw failure;
    }
  }

  private void trainInFolder(
      TrainingSession session,
      Examples training,
      ParameterizedModel trained,
      Device chosen,
      Optional<FirstStage> first) {
    try (RunFolder locked = RunFolder.open(folder)) {
      // since the first look another process may have begun a training there
      requireFree();
      int used = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
      ModelDescription described =
          ModelDescription.ofTraining(trained, description()).trainedOn(training);
      Map<String, Object> provenance =
          Provenance.begin(folder, seed, used, chosen, data.fingerprints(), first);
      locked.begin(described);
      locked.writeProvenance(provenance);
      session.inFolder(trained, locked);
    }
  }

  private void requireFree() {
    if (!resume || !Files.exists(folder.resolve(ModelDescription.FILE))) {
      RunFolder.requireFree(folder);
      return;
    }
    ModelDescription begun = ModelDescription.read(folder);
    if (begun.training() == null) {
      throw new ConfigurationException(
          folder + ": holds a model, but no training of it to go on with; name another folder");
    }
    begun.requireSame(folder, model);
    if (Provenance.isBegun(folder)) {
      Provenance.requireSameData(folder, data.fingerprints());
    }
    List<String> differences = SettingDifferences.of(begun.training(), description(), EPOCHS);
    if (!differences.isEmpty()) {
      throw new ConfigurationException(
          folder
              + ": cannot be resumed with other settings than those it was begun with: "
              + String.join(", ", differences));
    }
  }

  /** All that decides the numbers, but for data and components. */
  private JsonObject description() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("seed", seed);
    all.put("objective", objectiveName());
    all.put("validation-fraction", validationFraction);
    all.put("dynamic-binarization", resampled);
    Map<String, Object> own = new LinkedHashMap<>(SettingsSchema.valuesOf(settings));
    // as written by versions that could not freeze
    own.values().removeIf(List.of()::equals);
    all.put("training", own);
    return ModelDescription.tree(all);
  }

  /** A record tells its settings; what {@link Object} would say differs from run to run. */
  private String objectiveName() {
    return objective instanceof Record ? objective.toString() : ClassNames.of(objective.getClass());
  }
}
