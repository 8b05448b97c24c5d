package org.largevae.runner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AxisRangeTest {

  @Test
  void allValuesAreShownWhereNoneLiesFarOff() {
    double[] values = IntStream.rangeClosed(0, 100).asDoubleStream().toArray();

    AxisRange range = AxisRange.of(values, 0.05, 32).orElseThrow();

    assertThat(range.low()).isCloseTo(-6, within(1e-9));
    assertThat(range.high()).isCloseTo(106, within(1e-9));
    assertThat(range.note("value", values.length)).isEmpty();
  }

  @Test
  void farOutliersAreCutAndCounted() {
    double[] values = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
    values[0] = 5000;
    values[1] = 900;

    AxisRange range = AxisRange.of(values, 0.05, 32).orElseThrow();

    assertThat(range.high()).isLessThan(120);
    assertThat(range.low()).isLessThan(3);
    assertThat(range.note("value", values.length))
        .isEqualTo("2 of 100 values beyond the axis, up to 5,000.00 nats");
  }

  @Test
  void bothSidesMayBeCut() {
    double[] values = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
    values[0] = 5000;
    values[1] = -5000;

    assertThat(AxisRange.of(values, 0.05, 32).orElseThrow().note("value", values.length))
        .isEqualTo("2 of 100 values beyond the axis, from \u22125,000.00 to 5,000.00 nats");
  }

  @Test
  void moreThanTheMostAreNotCut() {
    double[] values = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
    values[0] = 5000;
    values[1] = 5001;
    values[2] = 5002;

    assertThat(AxisRange.of(values, 0.05, 2).orElseThrow().high()).isGreaterThan(5000);
  }

  @Test
  void valuesThatAreNotFiniteDoNotCount() {
    double[] values = {Double.NaN, 1, Double.POSITIVE_INFINITY, 3, Double.NEGATIVE_INFINITY};

    AxisRange range = AxisRange.of(values, 0.05, 32).orElseThrow();

    assertThat(range.low()).isBetween(0.5, 1.0);
    assertThat(range.high()).isBetween(3.0, 3.5);
    assertThat(AxisRange.of(new double[] {Double.NaN}, 0.05, 32)).isEmpty();
    assertThat(AxisRange.of(new double[0], 0.05, 32)).isEmpty();
  }

  @Test
  void anAxisMadeWiderDoesNotCountWhatIsNotFiniteEither() {
    double[] values = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
    values[0] = 5000;
    values[1] = 900;
    values[2] = Double.POSITIVE_INFINITY;
    values[3] = Double.NEGATIVE_INFINITY;

    AxisRange range =
        AxisRange.of(values, 0.05, 32).orElseThrow().showing(values, new double[] {900});

    assertThat(range.high()).isBetween(900.0, 1000.0);
    assertThat(range.note("value", values.length))
        .isEqualTo("1 of 100 values beyond the axis, up to 5,000.00 nats");
  }

  @Test
  void oneValueHasRoomOnBothSides() {
    for (double value : new double[] {0, -90.5, 1e6}) {
      AxisRange range = AxisRange.of(new double[] {value, value}, 0.05, 32).orElseThrow();

      assertThat(range.low()).isLessThan(value);
      assertThat(range.high()).isGreaterThan(value);
    }
  }
}
