package org.largevae.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Support;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;
import org.largevae.core.training.OptimizerSettings;
import org.largevae.core.model.Components;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.testing.TinyModels;
import org.largevae.core.testing.TinyTraining;
import org.largevae.core.testing.UnsafeScalarPrior;

class TrainingLoopTest {

  @ParameterizedTest
  @EnumSource(Support.class)
  void sameSeedGivesSameNumbersToTheLastDigit(Support support) {
    try (TinyTraining first = training(support, 1);
        TinyTraining second = training(support, 1)) {
      first.run(3);
      second.run(3);
      assertThat(second.steps()).hasSize(3 * TinyTraining.STEPS_PER_EPOCH).isEqualTo(first.steps());
      assertThat(second.metrics()).isEqualTo(first.metrics());
      assertSame(first.weights(), second.weights());
    }
  }

  @Test
  void differentSeedsGiveDifferentLosses() {
    try (TinyTraining first = training(Support.BINARY, 1);
        TinyTraining second = training(Support.BINARY, 2)) {
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
    Components components = components(Support.PIXEL_256);
    try (TinyTraining training = new TinyTraining(components, Support.PIXEL_256, 1, optimizer)) {
      training.run(40);
      List<EpochMetrics> metrics = training.metrics();
      double first = metrics.get(0).trainingLoss();
      double last = metrics.get(metrics.size() - 1).trainingLoss();
      assertThat(last).isLessThan(first - 1);
    }
  }

  @Test
  void epochMetricsAreMeansOverExamples() {
    try (TinyTraining training = training(Support.REAL, 1)) {
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
    try (TinyTraining all = training(Support.REAL, 1)) {
      all.run(30);
      EpochMetrics best =
          all.metrics().stream()
              .min((a, b) -> Double.compare(a.validationLoss(), b.validationLoss()))
              .orElseThrow();
      assertThat(best.epoch()).as("a best epoch before the last").isLessThan(30);
      assertThat(all.state().position().bestEpoch()).isEqualTo(best.epoch());
      try (TinyTraining until = training(Support.REAL, 1)) {
        until.run(best.epoch());
        assertSame(until.weights(), TinyTraining.copy(all.state().bestWeights()));
      }
    }
  }

  @Test
  void stopsEarlyWhenValidationNoLongerGains() {
    try (TinyTraining training = training(Support.REAL, 1)) {
      training.run(TinyTraining.settings(500, 0, 3), ignored -> {}, () -> false);
      TrainingPosition position = training.state().position();
      assertThat(position.metrics()).hasSize(position.bestEpoch() + 3);
    }
  }

  @Test
  void earlyStoppingWaitsForTheWarmUp() {
    try (TinyTraining training = training(Support.REAL, 1)) {
      training.run(TinyTraining.settings(60, 50, 3), ignored -> {}, () -> false);
      assertThat(training.metrics().size()).isGreaterThanOrEqualTo(50);
    }
  }

  @Test
  void scalarOperandsOfPluginsDoNotCorruptGradients() {
    Map<String, float[]> expected;
    try (TinyTraining safe = new TinyTraining(unsafe(true), Support.REAL, 1)) {
      safe.run(2);
      expected = safe.weights();
    }
    try (TinyTraining unsafe = new TinyTraining(unsafe(false), Support.REAL, 1)) {
      unsafe.run(2);
      assertSame(expected, unsafe.weights());
    }
  }

  @Test
  void divergenceNamesEpochAndStepAndKeepsTheLastGoodWeights() {
    // the validation after epoch 1 is a pass too, so step 2 of epoch 2 is the eighth
    Components broken = failingAtPass(TinyTraining.STEPS_PER_EPOCH + 1 + 2);
    List<Integer> saved = new ArrayList<>();
    try (TinyTraining diverging = new TinyTraining(broken, Support.REAL, 1);
        TinyTraining good = new TinyTraining(failingAtPass(-1), Support.REAL, 1)) {
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
  void interruptionLeavesACheckpointAndSaysHowToGoOn() {
    List<TrainingPosition> saved = new ArrayList<>();
    AtomicInteger asked = new AtomicInteger();
    try (TinyTraining training = training(Support.BINARY, 1)) {
      assertThatThrownBy(
              () ->
                  training.run(
                      TinyTraining.settings(9, 0, 0),
                      state -> saved.add(state.position()),
                      () -> asked.getAndIncrement() == 7))
          .isInstanceOf(TrainingInterruptedException.class)
          .hasMessageContaining("epoch 2 of 9 after step 2 of 5")
          .hasMessageContaining("--resume");
    }
    assertThat(saved).hasSize(1);
    assertThat(saved.get(0).epoch()).isEqualTo(2);
    assertThat(saved.get(0).step()).isEqualTo(2);
    assertThat(saved.get(0).optimizerSteps()).isEqualTo(7);
  }

  private static TinyTraining training(Support support, long seed) {
    return new TinyTraining(components(support), support, seed);
  }

  private static Components components(Support support) {
    return TinyModels.components(
        "type = vampprior, pseudo-inputs = 3, init = training-data",
        switch (support) {
          case BINARY -> "type = bernoulli";
          case PIXEL_256 -> "type = discretized-logistic";
          case REAL -> "type = gaussian";
        },
        support);
  }

  private static Components unsafe(boolean safe) {
    Components plain = components(Support.REAL);
    return new Components(
        plain.encoder(),
        plain.decoder(),
        new UnsafeScalarPrior(safe, TinyModels.LATENT_SIZE),
        plain.likelihood());
  }

  /** A model whose likelihood is not a number from a given pass on. */
  private static Components failingAtPass(int pass) {
    Components plain = components(Support.REAL);
    return new Components(
        plain.encoder(),
        plain.decoder(),
        plain.prior(),
        new FailingLikelihood(plain.likelihood(), pass, new AtomicInteger()));
  }

  private static void assertSame(Map<String, float[]> expected, Map<String, float[]> actual) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
  }

  private record FailingLikelihood(Likelihood good, int failingPass, AtomicInteger passes)
      implements Likelihood {
    @Override
    public List<String> parameterNames() {
      return good.parameterNames();
    }

    @Override
    public Set<Support> supports() {
      return good.supports();
    }

    @Override
    public NDArray logProb(NDArray x, NDList parameters, Pass pass) {
      boolean fails = passes.incrementAndGet() == failingPass;
      return Tensors.multiply(good.logProb(x, parameters, pass), fails ? Double.NaN : 1);
    }

    @Override
    public NDArray mean(NDList parameters, Pass pass) {
      return good.mean(parameters, pass);
    }

    @Override
    public NDArray sample(NDList parameters, Pass pass) {
      return good.sample(parameters, pass);
    }
  }
}
