package org.largevae.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.LevelKl;
import org.largevae.core.testing.TinyTraining;

class CollapseAlarmTest {

  private static EpochMetrics epoch(int number, List<LevelKl> levels) {
    return new EpochMetrics(number, 1, 5, -1, 4, 5, -1, 4, 1, levels);
  }

  /** The epochs at whose end a training with these KL of level 2 warns. */
  private static List<Integer> warned(int warmUp, double... kls) {
    List<EpochMetrics> epochs = new ArrayList<>();
    List<Integer> warned = new ArrayList<>();
    for (double kl : kls) {
      EpochMetrics last =
          epoch(epochs.size() + 1, List.of(new LevelKl(2, kl, kl), new LevelKl(1, 9, 9)));
      Optional<String> found =
          CollapseAlarm.after(epochs, last, TinyTraining.settings(100, warmUp, 0));
      found.ifPresent(
          sentence -> {
            assertThat(sentence).startsWith("the latents of level 2 have collapsed");
            warned.add(last.epoch());
          });
      epochs.add(last);
    }
    return warned;
  }

  private static double[] kls(int count, double value) {
    double[] kls = new double[count];
    java.util.Arrays.fill(kls, value);
    return kls;
  }

  @Test
  void warnsOnceAfterTenEpochs() {
    assertThat(warned(0, kls(30, 0.05))).containsExactly(10);
    assertThat(warned(0, kls(30, 0.11))).isEmpty();
  }

  @Test
  void epochsOfTheWarmUpDoNotCount() {
    assertThat(warned(15, kls(40, 0.05))).containsExactly(24);
  }

  @Test
  void recoveryEndsTheCount() {
    double[] kls = kls(16, 0.05);
    kls[5] = 1;
    assertThat(warned(0, kls)).containsExactly(16);
  }

  @Test
  void oneLevelIsNotWatched() {
    assertThat(CollapseAlarm.after(List.of(), epoch(1, null), TinyTraining.settings(9, 0, 0)))
        .isEmpty();
  }
}
