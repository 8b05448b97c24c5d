package org.largevae.examples.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RocCurveTest {
  @Test
  void theAreaIsTheShareOfPairsInOrderWithTiesCountedHalf() {
    // of the pairs (anomaly, normal): (1, 2), (1, 3), (1, 3), (2, 3), (2, 3) in order, (2, 2) tied
    RocCurve curve = RocCurve.of(new double[] {3, 2, 3}, new double[] {2, 1});

    assertThat(curve.area()).isCloseTo(5.5 / 6, within(1e-12));
    assertThat(curve.falseAlarms()).containsExactly(0, 0, 1 / 3.0, 1);
    assertThat(curve.detections()).containsExactly(0, 0.5, 1, 1);
  }

  @Test
  void equalScoresGuess() {
    assertThat(RocCurve.of(new double[] {1, 1}, new double[] {1}).area()).isEqualTo(0.5);
  }

  @Test
  void anInfiniteScoreIsTheLowest() {
    double[] anomalies = {Double.NEGATIVE_INFINITY};
    assertThat(RocCurve.of(new double[] {-1e300}, anomalies).area()).isEqualTo(1);
  }

  @Test
  void bothKindsOfRowsAreNeeded() {
    assertThatThrownBy(() -> RocCurve.of(new double[] {1}, new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
