package org.largevae.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ValueKind;
import org.largevae.api.distribution.Density;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;
import org.largevae.core.model.OneLevelVae;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.testing.ChangedDensity;
import org.largevae.core.testing.TinyData;
import org.largevae.core.testing.TinyModels;
import org.largevae.core.testing.TinyTraining;
import org.largevae.core.testing.UnsafeScalarPrior;

class TrainingLoopTest {

  @ParameterizedTest
  @EnumSource(TinyData.class)
  void sameSeedGivesSameNumbersToTheLastDigit(TinyData data) {
    try (TinyTraining first = training(data, 1);
        TinyTraining second = training(data, 1)) {
      first.run(3);
      second.run(3);
      assertThat(second.steps()).hasSize(3 * TinyTraining.STEPS_PER_EPOCH).isEqualTo(first.steps());
      assertThat(second.metrics()).isEqualTo(first.metrics());
      assertSame(first.weights(), second.weights());
    }
  }

  @Test
  void differentSeedsGiveDifferentLosses() {
    try (TinyTraining first = training(TinyData.BINARY, 1);
        TinyTraining second = training(TinyData.BINARY, 2)) {
      first.run(1);
      second.run(1);
      for (int i = 0; i < first.steps().size(); i++) {
        assertThat(second.steps().get(i).loss()).isNotEqualTo(first.steps().get(i).loss());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(OptimizerSettings.Type.class)
  void trainingLowersTheLoss(OptimizerSettings.Type optimizer) {
    OneLevelVae vae = TinyModels.vae(TinyData.GREY_LEVEL);
    try (TinyTraining training = new TinyTraining(vae, TinyData.GREY_LEVEL, 1, optimizer)) {
      training.run(40);
      List<EpochMetrics> metrics = training.metrics();
      double first = metrics.get(0).trainingLoss();
      double last = metrics.get(metrics.size() - 1).trainingLoss();
      assertThat(last).isLessThan(first - 1);
    }
  }

  @Test
  void epochMetricsAreMeansOverExamples() {
    try (TinyTraining training = training(TinyData.REAL, 1)) {
      training.run(TinyTraining.settings(2, 4, 0), ignored -> {}, () -> false);
      // 23 examples in batches of 5: the last batch has 3
      int[] sizes = {5, 5, 5, 5, 3};
      for (EpochMetrics metrics : training.metrics()) {
        double reconstruction = 0;
        double kl = 0;
        for (TinyTraining.Step step : training.steps()) {
          if (step.epoch() == metrics.epoch()) {
            reconstruction += step.reconstruction() * sizes[step.step() - 1] / 23;
            kl += step.kl() * sizes[step.step() - 1] / 23;
          }
        }
        assertThat(metrics.beta()).isEqualTo(metrics.epoch() / 4.0);
        assertThat(metrics.trainingReconstruction()).isCloseTo(reconstruction, within(1e-9));
        assertThat(metrics.trainingKl()).isCloseTo(kl, within(1e-9));
        assertThat(metrics.trainingLoss())
            .isCloseTo(metrics.beta() * kl - reconstruction, within(1e-9));
        assertThat(metrics.validationLoss())
            .isCloseTo(metrics.validationKl() - metrics.validationReconstruction(), within(1e-9));
      }
    }
  }

  @Test
  void bestWeightsAreThoseOfTheLeastValidationLoss() {
    try (TinyTraining all = training(TinyData.REAL, 1)) {
      all.run(30);
      EpochMetrics best =
          all.metrics().stream()
              .min((a, b) -> Double.compare(a.validationLoss(), b.validationLoss()))
              .orElseThrow();
      assertThat(best.epoch()).as("a best epoch before the last").isLessThan(30);
      assertThat(all.state().position().bestEpoch()).isEqualTo(best.epoch());
      try (TinyTraining until = training(TinyData.REAL, 1)) {
        until.run(best.epoch());
        assertSame(until.weights(), TinyTraining.copy(all.state().bestWeights()));
      }
    }
  }

  @Test
  void stopsEarlyWhenValidationNoLongerGains() {
    try (TinyTraining training = training(TinyData.REAL, 1)) {
      training.run(TinyTraining.settings(500, 0, 3), ignored -> {}, () -> false);
      TrainingPosition position = training.state().position();
      assertThat(position.metrics()).hasSize(position.bestEpoch() + 3);
    }
  }

  @Test
  void earlyStoppingWaitsForTheWarmUp() {
    try (TinyTraining training = training(TinyData.REAL, 1)) {
      training.run(TinyTraining.settings(60, 50, 3), ignored -> {}, () -> false);
      assertThat(training.metrics().size()).isGreaterThanOrEqualTo(50);
    }
  }

  @Test
  void scalarOperandsOfPluginsDoNotCorruptGradients() {
    Map<String, float[]> expected;
    try (TinyTraining safe = new TinyTraining(unsafe(true), TinyData.REAL, 1)) {
      safe.run(2);
      expected = safe.weights();
    }
    try (TinyTraining unsafe = new TinyTraining(unsafe(false), TinyData.REAL, 1)) {
      unsafe.run(2);
      assertSame(expected, unsafe.weights());
    }
  }

  @Test
  void divergenceNamesEpochAndStepAndKeepsTheLastGoodWeights() {
    // the validation after epoch 1 is a pass too, so step 2 of epoch 2 is the eighth
    OneLevelVae broken = failingAtPass(TinyTraining.STEPS_PER_EPOCH + 1 + 2);
    List<Integer> saved = new ArrayList<>();
    try (TinyTraining diverging = new TinyTraining(broken, TinyData.REAL, 1);
        TinyTraining good = new TinyTraining(failingAtPass(-1), TinyData.REAL, 1)) {
      assertThatThrownBy(
              () ->
                  diverging.run(
                      TinyTraining.settings(9, 0, 0),
                      state -> saved.add(state.position().step()),
                      () -> false))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("reconstruction")
          .hasMessageContaining("epoch 2, step 2");
      assertThat(saved).containsExactly(1);
      AtomicInteger asked = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  good.run(
                      TinyTraining.settings(9, 0, 0),
                      state -> {},
                      () -> asked.getAndIncrement() == TinyTraining.STEPS_PER_EPOCH + 1))
          .isInstanceOf(TrainingInterruptedException.class);
      assertSame(good.weights(), diverging.weights());
    }
  }

  @Test
  void interruptionLeavesACheckpointAndSaysHowFarItCame() {
    List<TrainingPosition> saved = new ArrayList<>();
    AtomicInteger asked = new AtomicInteger();
    try (TinyTraining training = training(TinyData.BINARY, 1)) {
      assertThatThrownBy(
              () ->
                  training.run(
                      TinyTraining.settings(9, 0, 0),
                      state -> saved.add(state.position()),
                      () -> asked.getAndIncrement() == 7))
          .isInstanceOf(TrainingInterruptedException.class)
          .hasMessageContaining("epoch 2 of 9 after step 2 of 5")
          .hasMessageContaining("a checkpoint was kept")
          .matches(thrown -> ((TrainingInterruptedException) thrown).isCheckpointKept());
    }
    assertThat(saved).hasSize(1);
    assertThat(saved.get(0).epoch()).isEqualTo(2);
    assertThat(saved.get(0).step()).isEqualTo(2);
    assertThat(saved.get(0).optimizerSteps()).isEqualTo(7);
  }

  private static TinyTraining training(TinyData data, long seed) {
    return new TinyTraining(TinyModels.vae(data), data, seed);
  }

  private static OneLevelVae unsafe(boolean safe) {
    return TinyModels.vae(TinyData.REAL, new UnsafeScalarPrior(safe, TinyModels.LATENT_SIZE));
  }

  /** A model whose likelihood is not a number in one pass. */
  private static OneLevelVae failingAtPass(int pass) {
    return TinyModels.vae(
        TinyData.REAL,
        TinyModels.vae(TinyData.REAL).prior(),
        new FailingLikelihood(TinyData.REAL.likelihood(), pass, new AtomicInteger()));
  }

  private static void assertSame(Map<String, float[]> expected, Map<String, float[]> actual) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
  }

  private record FailingLikelihood(Likelihood good, int failingPass, AtomicInteger passes)
      implements Likelihood {
    @Override
    public Shape parameters() {
      return good.parameters();
    }

    @Override
    public boolean supports(ValueKind kind) {
      return good.supports(kind);
    }

    @Override
    public Density of(NDArray parameters, Pass pass) {
      return new ChangedDensity(good.of(parameters, pass), this::failing);
    }

    private NDArray failing(NDArray logProb) {
      boolean fails = passes.incrementAndGet() == failingPass;
      return Tensors.multiply(logProb, fails ? Double.NaN : 1);
    }
  }
}
