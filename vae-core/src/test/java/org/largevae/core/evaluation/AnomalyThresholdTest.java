package org.largevae.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnomalyThresholdTest {

  @Test
  void theThresholdIsTheKthLowestScore() {
    double[] scores = {5, 1, 4, 2, 3, 9, 8, 7, 6};

    // k = floor(0.25 x 10) = 2
    AnomalyThreshold threshold = AnomalyThreshold.of(scores, 0.25);

    assertThat(threshold).isEqualTo(new AnomalyThreshold(2, 0.25, 9));
    assertThat(threshold.isAnomaly(1.99)).isTrue();
    assertThat(threshold.isAnomaly(2)).isFalse();
    assertThat(AnomalyThreshold.of(scores, 0.1).score()).isEqualTo(1);
    // 0.7 x 10 is a little below 7 in binary
    assertThat(AnomalyThreshold.of(scores, 0.7).score()).isEqualTo(7);
    assertThat(AnomalyThreshold.of(scores, 0.999).score()).isEqualTo(9);
    assertThat(scores[0]).isEqualTo(5);
  }

  /** The rate of false alarms is k / (n + 1): here 2 / 20, of 20,000 with its standard error. */
  @Test
  void alarmsAreAsRareAsPromised() {
    SplittableRandom random = new SplittableRandom(1);
    int trials = 20_000;
    int alarms = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[] scores = random.doubles(19).toArray();
      alarms += AnomalyThreshold.of(scores, 0.1).isAnomaly(random.nextDouble()) ? 1 : 0;
    }
    double standardError = Math.sqrt(0.1 * 0.9 / trials);
    assertThat((double) alarms / trials).isCloseTo(0.1, within(4 * standardError));
  }

  @Test
  void aRateThatTheExamplesAreTooFewForIsRefusedWithTheLowest() {
    double[] scores = new double[12];

    assertThatThrownBy(() -> AnomalyThreshold.of(scores, 0.07))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0.07: is too low for 12 examples; it can be 0.0770 at the least");
    assertThat(AnomalyThreshold.of(scores, 0.077).score()).isZero();
    for (double rate : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThatThrownBy(() -> AnomalyThreshold.of(scores, rate))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(rate + ": must be above 0 and below 1");
    }
  }
}
