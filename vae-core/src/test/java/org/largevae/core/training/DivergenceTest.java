package org.largevae.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.testing.PoisonedVae;
import org.largevae.core.testing.PoisonedVae.Place;
import org.largevae.core.testing.TinyData;
import org.largevae.core.testing.TinyModels;
import org.largevae.core.testing.TinyTraining;
import org.largevae.core.training.DivergedException.Recovery;

/** Who gave the first number that is not finite is told, and no bad weights are kept. */
class DivergenceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ENCODER | the reconstruction term was not finite (first: the means of q(z\\x), from"
            + " the encoder \"PoisonedEncoder\")",
        "DECODER | the reconstruction term was not finite (first: the mean of p(x\\z),"
            + " from the decoder \"PoisonedDecoder\")",
        "LIKELIHOOD | the reconstruction term was not finite (first: log p(x\\z), from the"
            + " likelihood \"PoisonedLikelihood\")",
        "PRIOR | the KL term was not finite (first: log p(z), from the prior"
            + " \"PoisonedPrior\")",
      })
  void theComponentIsNamedAndTheLastGoodWeightsAreSaved(Place place, String what) {
    PoisonedVae parts = parts();
    List<Map<String, float[]>> saved = new ArrayList<>();
    try (TinyTraining training = new TinyTraining(parts.vae(), TinyData.REAL, 1)) {
      AtomicInteger asked = new AtomicInteger();
      List<Map<String, float[]>> before = new ArrayList<>();
      assertThatThrownBy(
              () ->
                  training.run(
                      TinyTraining.settings(9, 0, 0),
                      state -> saved.add(TinyTraining.copy(state.weights())),
                      () -> {
                        if (asked.getAndIncrement() == TinyTraining.STEPS_PER_EPOCH + 2) {
                          before.add(training.weights());
                          parts.poison(place);
                        }
                        return false;
                      }))
          .isInstanceOf(DivergedException.class)
          .hasMessage("training diverged: " + what.replace('\\', '|') + " in epoch 2, step 3")
          .satisfies(thrown -> assertKept(thrown, Recovery.LAST_GOOD_WEIGHTS));
      assertThat(saved).hasSize(1);
      assertThat(saved.get(0)).usingRecursiveComparison().isEqualTo(before.get(0));
    }
  }

  @Test
  void parametersOfABadGradientAreNamed() {
    PoisonedVae parts = parts();
    try (TinyTraining training = new TinyTraining(parts.vae(), TinyData.REAL, 1)) {
      training.run(1);
      Map<String, float[]> before = training.weights();
      parts.poison(Place.GRADIENT);
      // the decoder's own parameters have good gradients, those before it have none
      assertThatThrownBy(() -> training.run(2))
          .isInstanceOf(DivergedException.class)
          .hasMessageMatching(
              "training diverged: the gradient of encoder\\.\\S+ and those of \\d+ more were too"
                  + " large or not a number in epoch 2, step 1")
          .satisfies(thrown -> assertKept(thrown, Recovery.LAST_GOOD_WEIGHTS));
      assertThat(training.weights()).usingRecursiveComparison().isEqualTo(before);
    }
  }

  @Test
  void aBadValidationNamesTheComponent() {
    PoisonedVae parts = parts();
    List<Integer> saved = new ArrayList<>();
    try (TinyTraining training = new TinyTraining(parts.vae(), TinyData.REAL, 1)) {
      // the validation follows the last step of an epoch
      training.onStep(
          step -> {
            if (step.step() == TinyTraining.STEPS_PER_EPOCH) {
              parts.poison(Place.DECODER);
            }
          });
      assertThatThrownBy(
              () ->
                  training.run(
                      TinyTraining.settings(2, 0, 0),
                      state -> saved.add(state.position().step()),
                      () -> false))
          .isInstanceOf(DivergedException.class)
          .hasMessage(
              "training diverged: the validation loss was not finite (first: the mean of"
                  + " p(x|z), from the decoder \"PoisonedDecoder\") in epoch 1, after step 5")
          .satisfies(thrown -> assertKept(thrown, Recovery.LAST_GOOD_WEIGHTS));
      assertThat(saved).containsExactly(TinyTraining.STEPS_PER_EPOCH);
    }
  }

  @Test
  void parametersRuinedByAStepAreNotSaved() {
    PoisonedVae parts = parts();
    List<Integer> saved = new ArrayList<>();
    try (TinyTraining training = new TinyTraining(parts.vae(), TinyData.REAL, 1)) {
      training.run(1);
      String name = training.state().weights().keySet().iterator().next();
      training.state().weights().get(name).set(new NDIndex("..."), Float.NaN);
      assertThatThrownBy(
              () ->
                  training.run(
                      TinyTraining.settings(2, 0, 0), new EarlierCheckpoint(saved), () -> false))
          .isInstanceOf(DivergedException.class)
          .hasMessage(
              "training diverged: the reconstruction term was not finite (the parameter "
                  + name
                  + " was no longer finite before this) in epoch 2, step 1")
          .satisfies(thrown -> assertKept(thrown, Recovery.EARLIER_CHECKPOINT));
      assertThat(saved).isEmpty();
    }
  }

  @Test
  void anInterruptedTrainingDoesNotSaveBadWeightsEither() {
    List<Integer> saved = new ArrayList<>();
    try (TinyTraining training = new TinyTraining(parts().vae(), TinyData.REAL, 1)) {
      training.run(1);
      NDArray moment = training.state().moments().values().iterator().next();
      moment.set(new NDIndex("..."), Float.POSITIVE_INFINITY);
      training.state().moveTo(training.state().position());
      assertThatThrownBy(
              () ->
                  training.run(
                      TinyTraining.settings(2, 0, 0), new EarlierCheckpoint(saved), () -> true))
          .isInstanceOf(DivergedException.class)
          .hasMessageMatching(
              "training diverged: the optimiser's \\S+ was not finite in epoch 2, after step 0")
          .satisfies(thrown -> assertKept(thrown, Recovery.EARLIER_CHECKPOINT));
      assertThat(saved).isEmpty();
    }
  }

  @Test
  void whereNoCheckpointIsLeftNothingIsSaidToBe() {
    List<Integer> saved = new ArrayList<>();
    try (TinyTraining training = new TinyTraining(parts().vae(), TinyData.REAL, 1)) {
      training.state().weights().values().iterator().next().set(new NDIndex("..."), Float.NaN);
      assertThatThrownBy(
              () ->
                  training.run(
                      TinyTraining.settings(2, 0, 0),
                      state -> saved.add(state.position().step()),
                      () -> false))
          .isInstanceOfSatisfying(
              DivergedException.class,
              diverged -> {
                assertThat(diverged.kept()).isEqualTo(Recovery.NOTHING);
                assertThat(diverged.bestEpoch()).isZero();
              });
      assertThat(saved).isEmpty();
    }
  }

  /** Holds a checkpoint of before, when the first epoch was the best. */
  private record EarlierCheckpoint(List<Integer> saved) implements CheckpointSink {
    @Override
    public void save(TrainingState state) {
      saved.add(state.position().step());
    }

    @Override
    public Optional<TrainingPosition> newest() {
      EpochMetrics metrics = new EpochMetrics(1, 1, 2, -1, 1, 2, -1, 1, 0.5);
      return Optional.of(TrainingPosition.start().afterEpoch(metrics, true, false));
    }
  }

  /** None of these diverges at once: the first step is good. */
  private static void assertKept(Throwable thrown, Recovery kept) {
    DivergedException diverged = (DivergedException) thrown;
    assertThat(diverged.kept()).isEqualTo(kept);
    assertThat(diverged.isAtOnce()).isFalse();
    if (kept == Recovery.EARLIER_CHECKPOINT) {
      assertThat(diverged.bestEpoch()).isEqualTo(1);
    }
  }

  private static PoisonedVae parts() {
    return new PoisonedVae(TinyData.REAL, TinyModels.vae(TinyData.REAL).prior());
  }
}
