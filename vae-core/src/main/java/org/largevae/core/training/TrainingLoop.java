package org.largevae.core.training;

import ai.djl.engine.Engine;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.model.Draws;
import org.largevae.api.model.ModelPass;
import org.largevae.api.objective.Loss;
import org.largevae.api.objective.Objective;
import org.largevae.core.data.BatchedExamples;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.engine.GradientScope;
import org.largevae.core.engine.Seeds;
import org.largevae.core.engine.StepParameters;
import org.largevae.core.evaluation.Elbo;
import org.largevae.core.evaluation.Evaluator;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.LevelKl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a model on an objective and keeps the parameters of the epoch with the least validation
 * loss, which is the negative evidence lower bound with KL weighted as at the schedule's end. Every
 * step is seeded by its place, so that a loop which goes on from a checkpoint computes what it
 * would have computed.
 */
public final class TrainingLoop {
  private static final Logger LOGGER = LoggerFactory.getLogger(TrainingLoop.class);

  private final TrainingSettings settings;
  private final Objective objective;
  private final long seed;
  private final BatchedExamples training;
  private final BatchedExamples validation;
  private final TrainingListener listener;
  private final CheckpointSink checkpoints;
  private final BooleanSupplier cancelled;
  private final Map<Parameter, Boolean> readDirectly = new IdentityHashMap<>();

  /**
   * A loop.
   *
   * @param settings the section {@code training}
   * @param objective what is minimised
   * @param seed the experiment's seed
   * @param training the examples to train on
   * @param validation the examples that choose the best epoch
   * @param listener hears of progress
   * @param checkpoints keeps the state
   * @param cancelled asked before every step
   */
  public TrainingLoop(
      TrainingSettings settings,
      Objective objective,
      long seed,
      BatchedExamples training,
      BatchedExamples validation,
      TrainingListener listener,
      CheckpointSink checkpoints,
      BooleanSupplier cancelled) {
    this.settings = settings;
    this.objective = objective;
    this.seed = seed;
    this.training = training;
    this.validation = validation;
    this.listener = listener;
    this.checkpoints = checkpoints;
    this.cancelled = cancelled;
  }

  /**
   * Trains until the last epoch or an early stop, and leaves a checkpoint of the end.
   *
   * @param state where to start; advanced step by step
   * @throws DivergedException if a loss or gradient is not finite
   * @throws TrainingInterruptedException if it was cancelled; a checkpoint has been left
   */
  public void run(TrainingState state) {
    listener.onStart(state.position().epoch(), settings.epochs(), stepsPerEpoch());
    Pace pace = new Pace(settings.checkpointSeconds());
    while (!isFinished(state.position())) {
      runEpoch(state, pace);
    }
    divergence(state).save();
  }

  private boolean isFinished(TrainingPosition position) {
    boolean stopped =
        settings.earlyStoppingEpochs() > 0
            && position.epochsWithoutGain() >= settings.earlyStoppingEpochs();
    return position.epoch() > settings.epochs() || stopped;
  }

  private void runEpoch(TrainingState state, Pace pace) {
    int epoch = state.position().epoch();
    // a component may come to read a parameter itself
    readDirectly.clear();
    long[] order =
        ResidentExamples.order(training.count(), Seeds.of(seed, Seeds.Purpose.ORDER, epoch, 0));
    while (state.position().step() < stepsPerEpoch()) {
      stopIfCancelled(state);
      long begin = System.nanoTime();
      int step = state.position().step() + 1;
      int from = (step - 1) * settings.batchSize();
      int to = (int) Math.min((long) from + settings.batchSize(), order.length);
      StepLoss loss = step(state, epoch, step, Arrays.copyOfRange(order, from, to));
      double seconds = (System.nanoTime() - begin) * 1e-9;
      state.advance(state.position().afterStep(loss, to - from, seconds));
      listener.onStep(epoch, step, loss.value(), loss.reconstruction(), loss.kl());
      if (pace.isDue()) {
        divergence(state).save();
        pace.restart();
      }
    }
    finishEpoch(state);
  }

  private StepLoss step(TrainingState state, int epoch, int step, long[] rows) {
    try (StepParameters parameters = new StepParameters(state.model().manager(), readDirectly);
        GradientScope scope = new GradientScope()) {
      StepLoss numbers;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        Draws draws = draw(state, parameters, epoch, step, rows);
        Loss loss = objective.loss(draws, settings.betaAt(epoch));
        numbers = StepLoss.of(loss, levels(state) > 1 ? draws.bound().levels() : List.of());
        requireFinite(numbers, state, rows);
        scope.keepOnly(loss.value());
        collector.backward(loss.value());
      }
      List<String> bad = state.optimizer().step(parameters);
      if (!bad.isEmpty()) {
        throw divergence(state).atGradients(bad);
      }
      state.frozen().restore();
      return numbers;
    }
  }

  private void requireFinite(StepLoss loss, TrainingState state, long[] rows) {
    String term =
        !Double.isFinite(loss.reconstruction())
            ? "the reconstruction term"
            : Double.isFinite(loss.kl()) ? "the loss" : "the KL term";
    if (!Double.isFinite(loss.reconstruction() + loss.kl() + loss.value())) {
      throw divergence(state).atTerm(term, training, rows);
    }
  }

  private Draws draw(
      TrainingState state, StepParameters parameters, int epoch, int step, long[] rows) {
    try (Seeds.Turn turn = Seeds.begin(seed, Seeds.Purpose.STEP, epoch, step)) {
      Batch batch = training.trainingBatch(rows);
      ModelPass pass = state.model().begin(Pass.training(state.model().manager(), parameters));
      return pass.draw(batch, settings.samples());
    }
  }

  private void finishEpoch(TrainingState state) {
    TrainingPosition position = state.position();
    int epoch = position.epoch();
    divergence(state).requireGoodWeights();
    long begin = System.nanoTime();
    state.model().refresh(seed, epoch);
    state.frozen().restore();
    Elbo found = Evaluator.elbo(state.model(), validation, seed);
    double seconds = position.secondsInEpoch() + (System.nanoTime() - begin) * 1e-9;
    // with the weight that the schedule ends with, so that losses of all epochs compare
    double validationLoss = found.loss(settings.beta());
    if (!Double.isFinite(validationLoss)) {
      throw divergence(state).atValidation(validation);
    }
    EpochMetrics metrics =
        new EpochMetrics(
            epoch,
            settings.betaAt(epoch),
            position.lossSum() / position.examples(),
            position.reconstructionSum() / position.examples(),
            position.klSum() / position.examples(),
            validationLoss,
            found.reconstruction(),
            found.kl(),
            seconds,
            levelKls(position, found));
    CollapseAlarm.after(position.metrics(), metrics, settings).ifPresent(LOGGER::warn);
    boolean best = position.bestEpoch() == 0 || validationLoss < position.bestValidationLoss();
    if (best) {
      state.keepAsBest();
    }
    state.advance(position.afterEpoch(metrics, best, settings.isWarmingUp(epoch)));
    listener.onEpoch(metrics, best);
  }

  private static int levels(TrainingState state) {
    return state.model().model().latentSizes().size();
  }

  /** Of each level, top first; null for a single one. */
  private static List<LevelKl> levelKls(TrainingPosition position, Elbo validation) {
    if (position.klSums() == null) {
      return null;
    }
    int levels = position.klSums().size();
    return IntStream.range(0, levels)
        .mapToObj(
            level ->
                new LevelKl(
                    levels - level,
                    position.klSums().get(level) / position.examples(),
                    validation.levelKls().get(level)))
        .toList();
  }

  private void stopIfCancelled(TrainingState state) {
    if (cancelled.getAsBoolean()) {
      divergence(state).save();
      throw new TrainingInterruptedException(
          String.format(
              Locale.ROOT,
              "in epoch %d of %d after step %d of %d",
              state.position().epoch(),
              settings.epochs(),
              state.position().step(),
              stepsPerEpoch()),
          checkpoints.keeps());
    }
  }

  private DivergenceGuard divergence(TrainingState state) {
    return new DivergenceGuard(state, seed, settings.samples(), checkpoints);
  }

  private int stepsPerEpoch() {
    return settings.stepsPerEpoch(training.size());
  }

  /** When the next checkpoint is due, by the clock. */
  private static final class Pace {
    private final long nanoseconds;
    private long last = System.nanoTime();

    Pace(double seconds) {
      this.nanoseconds = (long) (seconds * 1e9);
    }

    boolean isDue() {
      return System.nanoTime() - last >= nanoseconds;
    }

    void restart() {
      last = System.nanoTime();
    }
  }
}
