package org.largevae.core.folder;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDScope;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.model.ModelPass;
import org.largevae.api.objective.Objective;
import org.largevae.api.tensor.ShapeException;
import org.largevae.core.data.BatchedExamples;
import org.largevae.core.engine.NoGradient;
import org.largevae.core.engine.Seeds;
import org.largevae.core.evaluation.Evaluator;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.training.CheckpointSink;
import org.largevae.core.training.FrozenComponents;
import org.largevae.core.training.ObjectiveState;
import org.largevae.core.training.TrainingListener;
import org.largevae.core.training.TrainingLoop;
import org.largevae.core.training.TrainingSettings;
import org.largevae.core.training.TrainingState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One training, the same in memory and in a folder.
 *
 * @param settings the section {@code training}
 * @param objective what is minimised
 * @param seed of all randomness
 * @param training the examples to train on
 * @param validation the examples that choose the best epoch
 * @param listener hears of progress
 * @param cancelled asked before every step
 */
public record TrainingSession(
    TrainingSettings settings,
    Objective objective,
    long seed,
    BatchedExamples training,
    BatchedExamples validation,
    TrainingListener listener,
    BooleanSupplier cancelled) {
  private static final Logger LOGGER = LoggerFactory.getLogger(TrainingSession.class);

  /** Words of PyTorch's where arrays do not fit an operation. */
  private static final Pattern SIZES = Pattern.compile("shape|must match|size mismatch|dimension");

  /**
   * Trains without writing anything, and leaves the best weights in the model.
   *
   * @param model the model
   * @return the metrics of all epochs
   * @throws org.largevae.core.training.DivergedException if a number is not finite
   * @throws org.largevae.core.training.TrainingInterruptedException if it was cancelled
   */
  public List<EpochMetrics> inMemory(ParameterizedModel model) {
    try (TrainingState state = state(model)) {
      return run(state, listener, CheckpointSink.none());
    }
  }

  /**
   * Trains in a folder, from its newest checkpoint if it has one, and leaves the best weights in
   * the model.
   *
   * @param model the model
   * @param folder that has been begun
   * @return the metrics of all epochs
   * @throws org.largevae.core.training.DivergedException if a number is not finite
   * @throws org.largevae.core.training.TrainingInterruptedException if it was cancelled
   * @throws org.largevae.api.files.OutputException if a file cannot be written
   */
  public List<EpochMetrics> inFolder(ParameterizedModel model, RunFolder folder) {
    Checkpoints checkpoints = folder.checkpoints();
    try (TrainingState state = state(model)) {
      checkpoints.restore(state);
      folder.writeMetrics(state.position().metrics(), model.model().latentSizes().size());
      return run(state, new MetricsWriter(folder, listener), checkpoints);
    }
  }

  private TrainingState state(ParameterizedModel model) {
    return new TrainingState(model, settings.optimizer(), objective, settings.frozen());
  }

  private List<EpochMetrics> run(
      TrainingState state, TrainingListener hearing, CheckpointSink checkpoints) {
    new TrainingLoop(
            settings, objective, seed, training, validation, hearing, checkpoints, cancelled)
        .run(state);
    state.useBestWeights();
    return state.position().metrics();
  }

  /**
   * Computes the loss of two examples of each part, before anything is written: components that do
   * not fit together or the data, and objectives that such a model does not have show here.
   *
   * @param model with its start
   * @throws ConfigurationException if the loss cannot be had; the message says why
   * @throws org.largevae.api.config.SettingException if {@code frozen} names what is no component,
   *     or leaves nothing to train
   */
  public void rehearse(ParameterizedModel model) {
    FrozenComponents.requireSome(model, settings.frozen());
    try (FrozenComponents frozen = new FrozenComponents(model, settings.frozen());
        NoGradient none = new NoGradient();
        ObjectiveState state = new ObjectiveState(objective, model.manager());
        NDScope scope = new NDScope();
        Seeds.Turn turn = Seeds.begin(seed, Seeds.Purpose.STEP, 0, 0)) {
      scope.suppressNotUsedWarning();
      model.refresh(seed, 0);
      frozen.restore();
      ModelPass pass = model.begin();
      objective.loss(
          pass.draw(training.trainingBatch(two(training)), settings.samples()), settings.beta());
      // of which more may be missing
      pass.draw(validation.batch(two(validation)), 1).bound();
      // too few draws for a normaliser are too few at the start too, where it varies least
      Evaluator.requireReportable(pass);
      if (objective.trainsPriorAlone() && settings.startFrom().isEmpty()) {
        LOGGER.warn(
            "the objective trains the prior alone, and encoder and decoder stay at their random"
                + " start: train them first, then set training.start-from to the folder of that run");
      }
    } catch (ShapeException mismatch) {
      throw misfit(mismatch);
    } catch (EngineException refusal) {
      // of components that leave their checks to the engine; all else is no matter of sizes
      throw SIZES.matcher(firstLine(refusal)).find() ? misfit(refusal) : refusal;
    }
  }

  private static ConfigurationException misfit(RuntimeException mismatch) {
    return new ConfigurationException(
        "the parts of the model do not fit together: " + firstLine(mismatch), mismatch);
  }

  /** PyTorch adds where in its own code it was. */
  private static String firstLine(RuntimeException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private static long[] two(BatchedExamples examples) {
    return LongStream.range(0, Math.min(2, examples.size())).toArray();
  }
}
