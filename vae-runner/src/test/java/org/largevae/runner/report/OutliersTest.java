package org.largevae.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutliersTest {
  private final double[] values = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();

  @Test
  void allValuesAreShownWhereNoneLiesFarOff() {
    Outliers outliers = Outliers.of("value", values, 0.05, 32);

    assertThat(Arrays.stream(values).anyMatch(outliers::include)).isFalse();
    assertThat(outliers.low()).isInfinite();
    assertThat(outliers.high()).isInfinite();
    assertThat(outliers.note()).isEmpty();
  }

  @Test
  void farOutliersAreCutAndCounted() {
    values[0] = 5000;
    values[1] = 900;

    Outliers outliers = Outliers.of("value", values, 0.05, 32);

    assertThat(outliers.high()).isLessThan(120);
    assertThat(outliers.low()).isInfinite();
    assertThat(outliers.note()).isEqualTo("2 of 100 values beyond the axis, up to 5,000.00 nats");
  }

  @Test
  void bothSidesMayBeCut() {
    values[0] = 5000;
    values[1] = -5000;

    assertThat(Outliers.of("value", values, 0.05, 32).note())
        .isEqualTo("2 of 100 values beyond the axis, from \u22125,000.00 to 5,000.00 nats");
  }

  @Test
  void moreThanTheMostAreNotCut() {
    values[0] = 5000;
    values[1] = 5001;
    values[2] = 5002;

    assertThat(Outliers.of("value", values, 0.05, 2).high()).isGreaterThan(5002);
  }

  @Test
  void valuesThatAreNotFiniteDoNotCount() {
    double[] few = {Double.NaN, 1, Double.POSITIVE_INFINITY, 3, Double.NEGATIVE_INFINITY};

    assertThat(Outliers.of("value", few, 0.05, 32).note()).isEqualTo("3 values are not finite");
    assertThat(Outliers.of("value", new double[] {Double.NaN}, 0.05, 32).note())
        .isEqualTo("no value is finite");
    assertThat(Outliers.of("value", new double[0], 0.05, 32).note())
        .isEqualTo("no value is finite");
  }

  @Test
  void whatMustBeShownIsNotLeftOut() {
    values[0] = 5000;
    values[1] = 900;
    values[2] = Double.POSITIVE_INFINITY;
    values[3] = Double.NEGATIVE_INFINITY;

    Outliers outliers = Outliers.of("value", values, 0.05, 32, 900);

    assertThat(outliers.high()).isBetween(900.0, 1000.0);
    assertThat(outliers.note())
        .isEqualTo("1 of 98 values beyond the axis, up to 5,000.00 nats; 2 values are not finite");
  }

  @Test
  void equalValuesHaveNoOutlier() {
    for (double value : new double[] {0, -90.5, 1e6}) {
      Outliers outliers = Outliers.of("value", new double[] {value, value}, 0.05, 32);

      assertThat(outliers.include(value)).isFalse();
      assertThat(outliers.note()).isEmpty();
    }
  }
}
