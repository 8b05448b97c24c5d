package org.largevae.core.testing;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.largevae.api.model.Model;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.objective.ElboObjective;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.training.CheckpointSink;
import org.largevae.core.training.OptimizerSettings;
import org.largevae.core.training.TrainingListener;
import org.largevae.core.training.TrainingLoop;
import org.largevae.core.training.TrainingSettings;
import org.largevae.core.training.TrainingState;

/** A short training of a tiny model on random data, with all that it told its listener. */
public final class TinyTraining implements AutoCloseable {
  public static final int EXAMPLES = 23;
  public static final int BATCH_SIZE = 5;
  public static final int STEPS_PER_EPOCH = 5;

  /** A step as the listener heard of it. */
  public record Step(int epoch, int step, double loss, double reconstruction, double kl) {}

  private final long seed;
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final ParameterizedModel model;
  private final ResidentExamples training;
  private final ResidentExamples validation;
  private final TrainingState state;
  private final List<Step> steps = new ArrayList<>();
  private Consumer<Step> afterStep = step -> {};

  /** A training at its start. */
  public TinyTraining(Model model, TinyData data, long seed) {
    this(model, data, seed, OptimizerSettings.Type.ADAM_NORMALIZED_GRADIENT);
  }

  /** A training at its start, with a chosen optimiser. Binary examples are drawn anew. */
  public TinyTraining(Model model, TinyData data, long seed, OptimizerSettings.Type optimizer) {
    this.seed = seed;
    boolean resampled = data == TinyData.BINARY;
    TinyData trained = resampled ? TinyData.GREY_LEVEL : data;
    training = ResidentExamples.of(manager, trained.examples(EXAMPLES, 1), resampled);
    validation = ResidentExamples.of(manager, data.examples(7, 2), false);
    this.model = TinyModels.started(model, training, seed);
    state = new TrainingState(this.model, optimizerSettings(optimizer), new ElboObjective());
  }

  /** The settings of the optimiser. */
  public static OptimizerSettings optimizerSettings(OptimizerSettings.Type type) {
    return new OptimizerSettings(type, 1e-2, 0.9, 0.999, 1e-8);
  }

  /** Settings of so many epochs, of them some for the warm-up, with an early stop. */
  public static TrainingSettings settings(int epochs, int warmUp, int earlyStopping) {
    return new TrainingSettings(
        epochs,
        BATCH_SIZE,
        2,
        1,
        TrainingSettings.BetaSchedule.LINEAR,
        warmUp,
        1,
        earlyStopping,
        1e6,
        optimizerSettings(OptimizerSettings.Type.ADAM));
  }

  /** Does something after each step. */
  public void onStep(Consumer<Step> action) {
    afterStep = action;
  }

  /** Trains on from where it stands. */
  public void run(TrainingSettings settings, CheckpointSink sink, BooleanSupplier cancelled) {
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(int epoch, int step, double loss, double reconstruction, double kl) {
            steps.add(new Step(epoch, step, loss, reconstruction, kl));
            afterStep.accept(steps.get(steps.size() - 1));
          }
        };
    new TrainingLoop(
            settings, new ElboObjective(), seed, training, validation, listener, sink, cancelled)
        .run(state);
  }

  /** Trains so many epochs without interruption or checkpoint. */
  public void run(int epochs) {
    run(settings(epochs, 0, 0), ignored -> {}, () -> false);
  }

  /** The model being trained. */
  public ParameterizedModel model() {
    return model;
  }

  /** The state being advanced. */
  public TrainingState state() {
    return state;
  }

  /** The steps so far. */
  public List<Step> steps() {
    return steps;
  }

  /** The metrics of the finished epochs without the time they took. */
  public List<EpochMetrics> metrics() {
    return state.position().metrics().stream()
        .map(
            m ->
                new EpochMetrics(
                    m.epoch(),
                    m.beta(),
                    m.trainingLoss(),
                    m.trainingReconstruction(),
                    m.trainingKl(),
                    m.validationLoss(),
                    m.validationReconstruction(),
                    m.validationKl(),
                    0))
        .toList();
  }

  /** A copy of the parameters. */
  public Map<String, float[]> weights() {
    return copy(state.weights());
  }

  /** A copy of some arrays. */
  public static Map<String, float[]> copy(Map<String, NDArray> arrays) {
    Map<String, float[]> copy = new LinkedHashMap<>();
    arrays.forEach((name, array) -> copy.put(name, array.toFloatArray()));
    return copy;
  }

  @Override
  public void close() {
    state.close();
    model.close();
    manager.close();
  }
}
