package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.core.testing.MemoryLog;
import org.largevae.core.testing.MemoryLog.Sample;
import org.largevae.core.testing.TinyData;
import org.largevae.core.training.OptimizerSettings;
import org.largevae.core.training.TrainingListener;
import org.largevae.core.training.TrainingSettings;

/**
 * Memory over long work in one process. The samples are left in {@code target/long-runs}; the tests
 * tagged slow do the same as the others for much longer.
 *
 * <p>The count of open arrays must not change at all. The bounds of the rest are set by what runs
 * without a leak were seen to vary by: the heap by 1 MiB, since what a thread has reserved to
 * allocate from counts as used; the C library's memory by up to 18 MiB in one sample, while Java's
 * compilers are at work; resident memory by what code and first use of pages add.
 */
@EnabledIf("org.largevae.core.testing.MemoryLog#isAvailable")
class LongRunTest {
  private static final int STEPS_PER_EPOCH = 40;
  private static final int THREADS = 4;
  private static final int SAMPLES = 40;
  private static final double HEAP_MIB = 4;
  private static final double RESIDENT_MIB = 20;

  /**
   * Room for the compilers, which may be at work all through a quarter of so short a run; the count
   * of arrays is the sharper test there.
   */
  private static final double ALLOCATED_SHORT_MIB = 20;

  /** Over 200,000 steps less than 40 bytes a step; an array of one number takes some 400. */
  private static final double ALLOCATED_LONG_MIB = 4;

  @TempDir Path temporary;

  @Test
  void fiveThousandStepsLeaveMemoryFlat() {
    train("training-short", 4, 1280, ALLOCATED_SHORT_MIB);
  }

  @Test
  @Tag("slow")
  void twoHundredThousandStepsLeaveMemoryFlat() {
    train("training", 10, 20_000, ALLOCATED_LONG_MIB);
  }

  @Test
  void fortyTrainingsOneAfterAnotherLeaveMemoryFlat() {
    trainings("models-short", 40, ALLOCATED_SHORT_MIB);
  }

  @Test
  @Tag("slow")
  void thousandTrainingsOneAfterAnotherLeaveMemoryFlat() {
    trainings("models", 1000, ALLOCATED_LONG_MIB);
  }

  @Test
  void manyRowsFromSeveralThreadsLeaveMemoryFlat() throws Exception {
    rows("rows-short", 1, ALLOCATED_SHORT_MIB);
  }

  @Test
  @Tag("slow")
  void millionsOfRowsFromSeveralThreadsLeaveMemoryFlat() throws Exception {
    rows("rows", 25, ALLOCATED_LONG_MIB);
  }

  /** What the others rely on: arrays of one number that nobody closes are seen. */
  @Test
  void leakOfOneNumberAStepIsSeen() {
    // from the second quarter to the last some 40 MiB, twice what compilers may hold in the second
    int steps = 200_000;
    try (MemoryLog log = new MemoryLog();
        NDManager owner = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      for (int step = 1; step <= steps; step++) {
        owner.ones(new Shape(1));
        if (step * SAMPLES % steps == 0) {
          log.sample(step);
        }
      }
      assertThat(log.settled()).extracting(Sample::arrays).doesNotHaveDuplicates();
      assertThat(log.growth(Sample::heap)).isGreaterThan(HEAP_MIB);
      assertThat(log.growthOfLeast(Sample::allocated)).isGreaterThan(ALLOCATED_LONG_MIB);
    }
  }

  /** One run of the whole kind, cut off and resumed: legs that end with an evaluation. */
  private void train(String name, int legs, int stepsPerLeg, double allocatedMib) {
    float[][] examples = TinyData.BINARY.rows(500, 1);
    int interval = legs * stepsPerLeg / SAMPLES;
    try (MemoryLog log = new MemoryLog()) {
      StepCounter counter = new StepCounter(log, interval);
      for (int leg = 1; leg <= legs; leg++) {
        VaeTrainer trainer =
            TinyVaes.trainer(TinyVaes.vae(TinyData.BINARY), examples)
                .settings(settings(leg * stepsPerLeg / STEPS_PER_EPOCH))
                .validationFraction(0.2)
                .listener(counter)
                .folder(temporary.resolve("run"))
                .resume();
        try (TrainedVae vae = trainer.train()) {
          use(vae, examples);
        }
      }
      assertThat(counter.steps).isEqualTo((long) legs * stepsPerLeg);
      requireFlat(log, name, allocatedMib);
    }
  }

  /** With many checkpoints. */
  private static TrainingSettings settings(int epochs) {
    OptimizerSettings optimizer =
        new OptimizerSettings(
            OptimizerSettings.Type.ADAM_NORMALIZED_GRADIENT, 0.01, 0.9, 0.999, 1e-8);
    return new TrainingSettings(
        epochs, 10, 1, 1, TrainingSettings.BetaSchedule.LINEAR, 0, 50, 0, 0.5, optimizer);
  }

  private void trainings(String name, int count, double allocatedMib) {
    float[][] examples = TinyData.BINARY.rows(20, 1);
    try (MemoryLog log = new MemoryLog()) {
      for (int i = 1; i <= count; i++) {
        try (TrainedVae vae = TinyVaes.train(TinyData.BINARY)) {
          use(vae, examples);
        }
        if (i * SAMPLES % count == 0) {
          log.sample(i);
        }
      }
      requireFlat(log, name, allocatedMib);
    }
  }

  private void rows(String name, int callsPerSample, double allocatedMib) throws Exception {
    float[][] examples = TinyData.BINARY.rows(1250, 1);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (MemoryLog log = new MemoryLog();
        TrainedVae vae = TinyVaes.train(TinyData.BINARY)) {
      meet(vae, threads);
      Callable<Integer> caller =
          () -> {
            int rows = 0;
            for (int call = 0; call < callsPerSample; call++) {
              rows += vae.encode(examples).length + vae.sample(examples.length, call).length;
            }
            return rows;
          };
      long rows = 0;
      for (int i = 0; i < SAMPLES; i++) {
        List<Callable<Integer>> callers = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          callers.add(caller);
        }
        for (Future<Integer> done : threads.invokeAll(callers)) {
          rows += done.get();
        }
        log.sample(rows);
      }
      requireFlat(log, name, allocatedMib);
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Has all threads compute at one moment. A model keeps as many passes as ever were in use at
   * once, and when that happens by itself is left to the scheduler.
   */
  private static void meet(TrainedVae vae, ExecutorService threads) throws Exception {
    CyclicBarrier all = new CyclicBarrier(THREADS);
    Callable<Integer> arrival =
        () ->
            vae.shared()
                .compute(
                    pass -> {
                      try {
                        return all.await(1, TimeUnit.MINUTES);
                      } catch (Exception failure) {
                        throw new IllegalStateException("the threads did not meet", failure);
                      }
                    });
    for (Future<Integer> arrived : threads.invokeAll(Collections.nCopies(THREADS, arrival))) {
      arrived.get();
    }
  }

  private static void use(TrainedVae vae, float[][] examples) {
    vae.logLikelihood(examples, 50, 1);
    vae.reconstruct(examples);
    vae.sample(20, 1);
  }

  private static void requireFlat(MemoryLog log, String name, double allocatedMib) {
    log.write(Path.of("target", "long-runs", name + ".csv"));
    assertThat(log.settled())
        .extracting(Sample::arrays)
        .containsOnly(log.settled().get(0).arrays());
    assertThat(log.growth(Sample::heap)).as("heap").isLessThan(HEAP_MIB);
    assertThat(log.growthOfLeast(Sample::allocated)).as("allocated").isLessThan(allocatedMib);
    assertThat(log.growth(Sample::resident)).as("resident").isLessThan(RESIDENT_MIB);
  }

  /** Takes a sample every so many steps. */
  private static final class StepCounter implements TrainingListener {
    private final MemoryLog log;
    private final int interval;
    private long steps;

    StepCounter(MemoryLog log, int interval) {
      this.log = log;
      this.interval = interval;
    }

    @Override
    public void onStep(int epoch, int step, double loss, double reconstruction, double kl) {
      steps++;
      if (steps % interval == 0) {
        log.sample(steps);
      }
    }
  }
}
