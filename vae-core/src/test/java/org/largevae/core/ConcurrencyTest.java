package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.largevae.core.testing.TinyData;
import org.largevae.core.training.TrainingListener;

/** Several threads at once. */
class ConcurrencyTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 25;

  /** All that one caller gets, as one list of numbers. */
  private static List<Object> everything(TrainedVae vae, int caller) {
    float[][] examples = TinyData.BINARY.rows(3 + caller, caller);
    List<Object> found = new ArrayList<>();
    found.add(Arrays.deepToString(vae.encode(examples)));
    found.add(Arrays.deepToString(vae.encodeSample(examples, caller)));
    found.add(Arrays.deepToString(vae.reconstruct(examples)));
    found.add(Arrays.deepToString(vae.sample(4, caller)));
    found.add(Arrays.deepToString(vae.interpolate(examples[0], examples[1], 4)));
    found.add(Arrays.toString(vae.logLikelihood(examples, 30, caller)));
    found.add(Arrays.toString(vae.elbo(examples, 1100, caller)));
    return found;
  }

  @Test
  void eightThreadsGetWhatOneGetsToTheLastBit() throws Exception {
    try (TrainedVae vae = TinyVaes.train(TinyData.BINARY)) {
      List<List<Object>> alone = new ArrayList<>();
      for (int caller = 0; caller < THREADS; caller++) {
        alone.add(everything(vae, caller));
      }
      CountDownLatch start = new CountDownLatch(THREADS);
      List<Callable<Void>> callers = new ArrayList<>();
      for (int caller = 0; caller < THREADS; caller++) {
        int number = caller;
        callers.add(
            () -> {
              start.countDown();
              start.await();
              for (int round = 0; round < ROUNDS; round++) {
                assertThat(everything(vae, number)).isEqualTo(alone.get(number));
              }
              return null;
            });
      }
      inThreads(callers);
    }
  }

  @Test
  void trainingAndInferenceAtOnceDoNotDisturbEachOther() throws Exception {
    float[][] probe = TinyData.BINARY.rows(4, 9);
    float[][] undisturbed;
    try (TrainedVae vae = longTrainer().train()) {
      undisturbed = vae.encode(probe);
    }
    try (TrainedVae other = TinyVaes.train(TinyData.BINARY)) {
      List<Object> alone = everything(other, 1);
      AtomicBoolean trained = new AtomicBoolean();
      CountDownLatch begun = new CountDownLatch(1);
      List<Callable<Void>> callers = new ArrayList<>();
      callers.add(
          () -> {
            try (TrainedVae vae = longTrainer().listener(onFirstStep(begun)).train()) {
              assertThat(vae.encode(probe)).isDeepEqualTo(undisturbed);
            } finally {
              trained.set(true);
              begun.countDown();
            }
            return null;
          });
      for (int caller = 0; caller < 3; caller++) {
        callers.add(
            () -> {
              begun.await();
              do {
                assertThat(everything(other, 1)).isEqualTo(alone);
              } while (!trained.get());
              return null;
            });
      }
      inThreads(callers);
    }
  }

  @Test
  void secondTrainingIsRefusedAtOnceAndTheFirstGoesOn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> first =
          thread.submit(
              () -> {
                TrainingListener waiting =
                    new TrainingListener() {
                      @Override
                      public void onStep(
                          int epoch, int step, double loss, double reconstruction, double kl) {
                        begun.countDown();
                        try {
                          refused.await();
                        } catch (InterruptedException interrupted) {
                          throw new IllegalStateException(interrupted);
                        }
                      }
                    };
                try (TrainedVae vae = TinyVaes.trainer(TinyData.BINARY).listener(waiting).train()) {
                  return vae.encode(new float[6]).length;
                }
              });
      begun.await();
      try {
        assertThatThrownBy(() -> TinyVaes.train(TinyData.BINARY))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("another training is at work in this process");
      } finally {
        refused.countDown();
      }
      assertThat(first.get()).isEqualTo(2);
    } finally {
      thread.shutdownNow();
    }
    TinyVaes.train(TinyData.BINARY).close();
  }

  @Test
  void closingWaitsForCallsAtWork() throws Exception {
    for (int round = 0; round < 20; round++) {
      TrainedVae vae = TinyVaes.train(TinyData.BINARY);
      CountDownLatch started = new CountDownLatch(3);
      List<Callable<Void>> callers = new ArrayList<>();
      for (int caller = 0; caller < 3; caller++) {
        callers.add(
            () -> {
              started.countDown();
              assertThatThrownBy(
                      () -> {
                        while (true) {
                          vae.logLikelihood(new float[6], 50, 1);
                        }
                      })
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("closed");
              return null;
            });
      }
      callers.add(
          () -> {
            started.await();
            Thread.sleep(5);
            vae.close();
            return null;
          });
      inThreads(callers);
    }
  }

  @Test
  void modelOutlivesAScopeThatItWasMadeAndUsedIn() {
    TrainedVae vae;
    float[][] sample;
    try (NDScope applications = new NDScope()) {
      vae = TinyVaes.train(TinyData.BINARY);
      sample = vae.sample(3, 1);
    }
    try (vae) {
      assertThat(vae.sample(3, 1)).isDeepEqualTo(sample);
    }
  }

  private static VaeTrainer longTrainer() {
    return TinyVaes.trainer(TinyData.BINARY).epochs(60);
  }

  private static TrainingListener onFirstStep(CountDownLatch begun) {
    return new TrainingListener() {
      @Override
      public void onStep(int epoch, int step, double loss, double reconstruction, double kl) {
        begun.countDown();
      }
    };
  }

  private static void inThreads(List<Callable<Void>> callers) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(callers.size());
    try {
      for (Future<Void> done : threads.invokeAll(callers)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
