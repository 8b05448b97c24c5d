package org.largevae.runner.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.Latents;
import org.largevae.api.model.ModelPass;
import org.largevae.api.objective.Objective;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.engine.NoGradient;
import org.largevae.core.evaluation.Evaluator;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.objective.ElboObjective;
import org.largevae.core.registry.Registry;
import org.largevae.core.training.CheckpointSink;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.core.training.TrainingListener;
import org.largevae.core.training.TrainingLoop;
import org.largevae.core.training.TrainingSettings;
import org.largevae.core.training.TrainingState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures workloads one after the other, on the CPU. */
public final class Benchmark {
  /** How many examples are encoded, decoded or sampled at once. */
  static final int ROWS = 500;

  private static final int WARM_UP_EPOCHS = 100;

  private static final Logger LOGGER = LoggerFactory.getLogger(Benchmark.class);

  private final Registry registry;
  private final BenchmarkSettings settings;

  /**
   * Measures with these components and sizes.
   *
   * @param registry finds the components
   * @param settings how long to measure, and at what size
   */
  public Benchmark(Registry registry, BenchmarkSettings settings) {
    this.registry = registry;
    this.settings = settings;
  }

  /**
   * Measures a workload.
   *
   * @param workload what to measure
   * @return its times
   */
  public Timing measure(Workload workload) {
    Stopwatch watch = new Stopwatch(settings.warmUpSeconds(), settings.seconds());
    long parameters;
    try (Subject subject = Subject.of(registry, workload, settings)) {
      parameters = subject.model().size();
      switch (workload.operation()) {
        case STEP -> trainTimed(subject, watch);
        case LOG_LIKELIHOOD -> logLikelihoods(subject, workload, watch);
        case ENCODE, DECODE, SAMPLE -> forward(subject, workload, watch);
      }
    }
    return new Timing(
        workload.name(), parameters, workload.examples(settings.batchSize()), watch.seconds());
  }

  /**
   * Takes training steps and watches the process's memory.
   *
   * @param workload a {@link Workload.Operation#STEP}
   * @param steps how many, above {@value MemoryUse#SETTLED}
   * @param progress receives how many steps are done
   * @return the memory
   */
  public MemoryUse memory(Workload workload, int steps, IntConsumer progress) {
    MemoryWatch watch = new MemoryWatch(steps, progress);
    try (Subject subject = Subject.of(registry, workload, settings)) {
      train(subject, watch, watch::isDone);
    }
    return watch.use(workload.name());
  }

  private void trainTimed(Subject subject, Stopwatch watch) {
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(int epoch, int step, double loss, double reconstruction, double kl) {
            watch.end();
          }
        };
    train(
        subject,
        listener,
        () -> {
          watch.begin();
          return watch.isDone();
        });
  }

  /**
   * Trains as {@code vae train} does.
   *
   * @param isDone asked before every step
   */
  private void train(Subject subject, TrainingListener listener, BooleanSupplier isDone) {
    TrainingSettings defaults = SettingsSchema.of(TrainingSettings.class).defaultValues();
    TrainingSettings training =
        new TrainingSettings(
            Integer.MAX_VALUE,
            settings.batchSize(),
            defaults.samples(),
            defaults.beta(),
            defaults.betaSchedule(),
            WARM_UP_EPOCHS,
            defaults.betaCycleEpochs(),
            defaults.earlyStoppingEpochs(),
            Integer.MAX_VALUE,
            defaults.optimizer());
    Objective objective = new ElboObjective();
    TrainingLoop loop =
        new TrainingLoop(
            training,
            objective,
            Subject.SEED,
            subject.examples(),
            subject.few(),
            listener,
            CheckpointSink.none(),
            isDone);
    try (TrainingState state =
        new TrainingState(subject.model(), training.optimizer(), objective)) {
      loop.run(state);
    } catch (TrainingInterruptedException done) {
      LOGGER.debug("as it had to end: {}", done.getMessage());
    }
  }

  /** One example after the other; pseudo-inputs are encoded once, as for a whole evaluation. */
  private void logLikelihoods(Subject subject, Workload workload, Stopwatch watch) {
    try (NoGradient none = new NoGradient();
        NDScope outer = new NDScope()) {
      ModelPass pass = subject.model().begin();
      Architecture model = workload.architecture();
      int samples = settings.samples().orElse(model.samples());
      ResidentExamples one = Subject.examples(subject.model().manager(), workload.data(), 1);
      while (!watch.isDone()) {
        watch.begin();
        Evaluator.scores(subject.model(), pass, one, samples, model.rowsAtOnce(), Subject.SEED);
        watch.end();
      }
    }
  }

  private static void forward(Subject subject, Workload workload, Stopwatch watch) {
    NDManager manager = subject.model().manager();
    try (NoGradient none = new NoGradient();
        NDScope outer = new NDScope()) {
      ModelPass pass = subject.model().begin();
      Batch x = subject.few().all();
      Latents z =
          new Latents(
              subject.model().model().latentSizes().stream()
                  .map(size -> manager.randomNormal(new Shape(ROWS, size)))
                  .toList());
      while (!watch.isDone()) {
        try (NDScope inner = new NDScope()) {
          watch.begin();
          NDArray result =
              switch (workload.operation()) {
                case ENCODE -> pass.encode(x).lowest();
                case DECODE -> pass.decode(z).pointEstimate();
                default -> sample(subject.model(), workload.architecture());
              };
          // a device may still be at work until a value is read
          result.sum().getFloat();
          watch.end();
        }
      }
    }
  }

  private static NDArray sample(ParameterizedModel model, Architecture architecture) {
    ModelPass pass = model.begin();
    return pass.decode(pass.sample(architecture.sampled())).pointEstimate();
  }
}
