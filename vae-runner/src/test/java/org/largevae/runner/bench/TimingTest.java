package org.largevae.runner.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TimingTest {

  @Test
  void quantilesAreInterpolatedAndTheOrderOfCallsDoesNotMatter() {
    Timing timing = new Timing("work", 7, 10, new double[] {4, 1, 3, 2});
    assertThat(timing.quantile(0)).isEqualTo(1);
    assertThat(timing.quantile(0.25)).isCloseTo(1.75, within(1e-12));
    assertThat(timing.median()).isCloseTo(2.5, within(1e-12));
    assertThat(timing.quantile(1)).isEqualTo(4);
    assertThat(timing.examplesPerSecond()).isCloseTo(4, within(1e-12));
  }

  @Test
  void oneCallIsItsOwnMedian() {
    assertThat(new Timing("work", 7, 1, new double[] {0.5}).quantile(0.75)).isEqualTo(0.5);
  }
}
