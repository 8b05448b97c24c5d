package org.largevae.core.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.largevae.api.component.Pass;
import org.largevae.api.tensor.Tensors;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.engine.GradientScope;
import org.largevae.core.engine.Seeds;
import org.largevae.core.engine.StepParameters;
import org.largevae.core.evaluation.Elbo;
import org.largevae.core.evaluation.Evaluator;
import org.largevae.core.training.TrainingSettings;
import org.largevae.core.model.ElboTerms;
import org.largevae.core.model.LatentDraws;
import org.largevae.core.model.ModelPass;
import org.largevae.core.results.EpochMetrics;

/**
 * Trains a model on {@code loss = -RE + beta KL}, the mean over a batch, and keeps the parameters
 * of the epoch with the least validation loss. Every step is seeded by its place, so that a loop
 * which goes on from a checkpoint computes what it would have computed.
 */
public final class TrainingLoop {
  private final TrainingSettings settings;
  private final long seed;
  private final ResidentExamples training;
  private final ResidentExamples validation;
  private final TrainingListener listener;
  private final CheckpointSink checkpoints;
  private final BooleanSupplier cancelled;
  private final Map<Parameter, Boolean> readDirectly = new IdentityHashMap<>();

  /**
   * A loop.
   *
   * @param settings the section {@code training}
   * @param seed the experiment's seed
   * @param training the examples to train on
   * @param validation the examples that choose the best epoch
   * @param listener hears of progress
   * @param checkpoints keeps the state
   * @param cancelled asked before every step
   */
  public TrainingLoop(
      TrainingSettings settings,
      long seed,
      ResidentExamples training,
      ResidentExamples validation,
      TrainingListener listener,
      CheckpointSink checkpoints,
      BooleanSupplier cancelled) {
    this.settings = settings;
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
        ResidentExamples.order(training.size(), Seeds.of(seed, Seeds.Purpose.ORDER, epoch, 0));
    while (state.position().step() < stepsPerEpoch()) {
      stopIfCancelled(state);
      long begin = System.nanoTime();
      int step = state.position().step() + 1;
      int from = (step - 1) * settings.batchSize();
      int to = Math.min(from + settings.batchSize(), order.length);
      Elbo elbo = step(state, epoch, step, Arrays.copyOfRange(order, from, to));
      double seconds = (System.nanoTime() - begin) * 1e-9;
      state.advance(
          state.position().afterStep(elbo.reconstruction(), elbo.kl(), to - from, seconds));
      double loss = elbo.loss(beta(epoch));
      listener.onStep(epoch, step, loss, elbo.reconstruction(), elbo.kl());
      if (pace.isDue()) {
        divergence(state).save();
        pace.restart();
      }
    }
    finishEpoch(state);
  }

  private Elbo step(TrainingState state, int epoch, int step, long[] rows) {
    try (StepParameters parameters = new StepParameters(state.model().manager(), readDirectly);
        GradientScope scope = new GradientScope()) {
      Elbo elbo;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        ElboTerms terms = draw(state, parameters, epoch, step, rows).elboTerms();
        NDArray reconstruction = terms.reconstruction().mean();
        NDArray kl = terms.kl().mean();
        elbo = Elbo.of(reconstruction, kl);
        if (!Double.isFinite(elbo.reconstruction()) || !Double.isFinite(elbo.kl())) {
          boolean isKl = Double.isFinite(elbo.reconstruction());
          String term = isKl ? "the KL term" : "the reconstruction term";
          throw divergence(state).atTerm(term, training, rows);
        }
        NDArray loss = Tensors.multiply(kl, beta(epoch)).sub(reconstruction);
        scope.keepOnly(loss);
        collector.backward(loss);
      }
      if (!state.optimizer().step(parameters)) {
        throw divergence(state).atGradients(state.optimizer().notFinite(parameters));
      }
      return elbo;
    }
  }

  private LatentDraws draw(
      TrainingState state, StepParameters parameters, int epoch, int step, long[] rows) {
    try (Seeds.Turn turn = Seeds.begin(seed, Seeds.Purpose.STEP, epoch, step)) {
      NDArray x = training.batch(rows);
      ModelPass pass = state.model().begin(Pass.training(state.model().manager(), parameters));
      return pass.draw(x, settings.samples());
    }
  }

  private void finishEpoch(TrainingState state) {
    TrainingPosition position = state.position();
    int epoch = position.epoch();
    divergence(state).requireGoodWeights();
    long begin = System.nanoTime();
    Elbo found = Evaluator.elbo(state.model(), validation, seed);
    double seconds = position.secondsInEpoch() + (System.nanoTime() - begin) * 1e-9;
    if (!Double.isFinite(found.loss(1))) {
      throw divergence(state).atValidation(validation);
    }

    Elbo mean =
        new Elbo(
            position.reconstructionSum() / position.examples(),
            position.klSum() / position.examples());
    double beta = beta(epoch);
    EpochMetrics metrics =
        new EpochMetrics(
            epoch,
            beta,
            mean.loss(beta),
            mean.reconstruction(),
            mean.kl(),
            found.loss(1),
            found.reconstruction(),
            found.kl(),
            seconds);
    boolean best = position.bestEpoch() == 0 || found.loss(1) < position.bestValidationLoss();
    if (best) {
      state.keepAsBest();
    }
    state.advance(position.afterEpoch(metrics, best, epoch < settings.warmUpEpochs()));
    listener.onEpoch(metrics, best);
  }

  private void stopIfCancelled(TrainingState state) {
    if (cancelled.getAsBoolean()) {
      divergence(state).save();
      throw new TrainingInterruptedException(
          String.format(
              Locale.ROOT,
              "interrupted in epoch %d of %d after step %d of %d; a checkpoint was kept, --resume goes on",
              state.position().epoch(),
              settings.epochs(),
              state.position().step(),
              stepsPerEpoch()));
    }
  }

  private Divergence divergence(TrainingState state) {
    return new Divergence(state, seed, settings.samples(), checkpoints);
  }

  private double beta(int epoch) {
    return settings.warmUpEpochs() == 0 ? 1 : Math.min(1, (double) epoch / settings.warmUpEpochs());
  }

  private int stepsPerEpoch() {
    return (training.size() + settings.batchSize() - 1) / settings.batchSize();
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
