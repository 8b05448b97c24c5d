package org.largevae.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.largevae.api.config.SettingsSchema;
import org.largevae.core.training.TrainingSettings.BetaSchedule;

/** The weight of KL, epoch by epoch. */
class BetaScheduleTest {

  private static TrainingSettings settings(
      BetaSchedule schedule, double beta, int warmUpEpochs, int cycleEpochs) {
    TrainingSettings base = SettingsSchema.of(TrainingSettings.class).defaultValues();
    return new TrainingSettings(
        base.epochs(),
        base.batchSize(),
        base.samples(),
        beta,
        schedule,
        warmUpEpochs,
        cycleEpochs,
        base.earlyStoppingEpochs(),
        base.checkpointSeconds(),
        base.optimizer());
  }

  private static double[] weights(TrainingSettings settings, int epochs) {
    return IntStream.rangeClosed(1, epochs).mapToDouble(settings::betaAt).toArray();
  }

  @Test
  void linearWarmUpIsTheShareOfItsEpochs() {
    assertThat(weights(settings(BetaSchedule.LINEAR, 1, 4, 50), 6))
        .containsExactly(0.25, 0.5, 0.75, 1, 1, 1);
    assertThat(weights(settings(BetaSchedule.LINEAR, 0.5, 4, 50), 5))
        .containsExactly(0.125, 0.25, 0.375, 0.5, 0.5);
    assertThat(weights(settings(BetaSchedule.LINEAR, 2, 0, 50), 2)).containsExactly(2, 2);
  }

  @Test
  void constantWeightKnowsNoWarmUp() {
    assertThat(weights(settings(BetaSchedule.CONSTANT, 4, 10, 3), 4)).containsExactly(4, 4, 4, 4);
  }

  /** Fu et al. 2019: the first half of a cycle rises from 0, the second stays. */
  @Test
  void cyclesRiseInTheirFirstHalf() {
    assertThat(weights(settings(BetaSchedule.CYCLICAL, 2, 10, 8), 17))
        .containsExactly(0, 0.5, 1, 1.5, 2, 2, 2, 2, 0, 0.5, 1, 1.5, 2, 2, 2, 2, 0);
    assertThat(weights(settings(BetaSchedule.CYCLICAL, 1, 0, 3), 4))
        .containsExactly(0, 2.0 / 3, 1, 0);
    assertThat(weights(settings(BetaSchedule.CYCLICAL, 1, 0, 2), 3)).containsExactly(0, 1, 0);
  }

  /** Epoch by epoch its weight would be 0 throughout. */
  @Test
  void cycleOfOneEpochIsRefused() {
    assertThatThrownBy(() -> SettingsSchema.check(settings(BetaSchedule.CYCLICAL, 1, 0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("beta-cycle-epochs = 1: must be at least 2");
  }

  @Test
  void onlyTheLinearScheduleKeepsEarlyStoppingWaiting() {
    assertThat(settings(BetaSchedule.LINEAR, 1, 4, 8).isWarmingUp(3)).isTrue();
    assertThat(settings(BetaSchedule.LINEAR, 1, 4, 8).isWarmingUp(4)).isFalse();
    assertThat(settings(BetaSchedule.CONSTANT, 1, 4, 8).isWarmingUp(1)).isFalse();
    assertThat(settings(BetaSchedule.CYCLICAL, 1, 4, 8).isWarmingUp(1)).isFalse();
  }
}
