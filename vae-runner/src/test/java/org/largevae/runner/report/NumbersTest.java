package org.largevae.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void numbersAreTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Numbers.nats(-1234.567)).isEqualTo("\u22121,234.57");
      assertThat(Numbers.bits(4.53171)).isEqualTo("4.5317");
      assertThat(Numbers.count(1_234_567)).isEqualTo("1,234,567");
      assertThat(Numbers.rough(4567.8)).isEqualTo("4,568");
      assertThat(Numbers.rough(0.0123)).isEqualTo("0.012");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void nothingFiniteIsNotShownAsANumber() {
    assertThat(Numbers.nats(Double.NaN)).isEqualTo("n/a");
    assertThat(Numbers.bits(Double.POSITIVE_INFINITY)).isEqualTo("n/a");
    assertThat(Numbers.rough(Double.NaN)).isEqualTo("n/a");
    assertThat(Numbers.standardError(Double.NaN)).isEqualTo("n/a");
    assertThat(Numbers.duration(Double.NaN)).isEqualTo("n/a");
  }

  @Test
  void hugeNumbersHaveAnExponent() {
    assertThat(Numbers.nats(-1.5e18)).isEqualTo("\u22121.50e+18");
    assertThat(Numbers.bits(1e7)).isEqualTo("1.0000e+07");
    assertThat(Numbers.nats(9_999_999)).isEqualTo("9,999,999.00");
    assertThat(FixedDecimals.of(-2.5e-9, 3)).isEqualTo("-2.500e-09");
    assertThat(FixedDecimals.of(null, 3)).isEqualTo("-");
  }

  @Test
  void zeroHasNoSignAndSmallErrorsDoNotVanish() {
    assertThat(Numbers.nats(-0.001)).isEqualTo("0.00");
    assertThat(Numbers.standardError(0.00123)).isEqualTo("0.0012");
    assertThat(Numbers.standardError(0.891)).isEqualTo("0.89");
    assertThat(Numbers.rough(0)).isEqualTo("0");
  }

  @Test
  void durationsUseTheTwoLargestUnits() {
    assertThat(Numbers.duration(12.34)).isEqualTo("12.3 s");
    assertThat(Numbers.duration(125)).isEqualTo("2 min 5 s");
    assertThat(Numbers.duration(3599.9)).isEqualTo("1 h 0 min");
    assertThat(Numbers.duration(7380)).isEqualTo("2 h 3 min");
  }

  @Test
  void oneThingIsSingular() {
    assertThat(Numbers.count(1, "example")).isEqualTo("1 example");
    assertThat(Numbers.count(2, "example")).isEqualTo("2 examples");
  }

  @Test
  void neighboursOnAScaleAreToldApart() {
    assertThat(Numbers.onScale(-529.4, 0.2)).isEqualTo("\u2212529.4");
    assertThat(Numbers.onScale(-529.6, 0.2)).isEqualTo("\u2212529.6");
    assertThat(Numbers.onScale(0.003, 0.001)).isEqualTo("0.003");
    assertThat(Numbers.onScale(1500, 500)).isEqualTo("1,500");
  }
}
