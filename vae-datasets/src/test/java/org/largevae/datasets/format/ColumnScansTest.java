package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.data.DataException;

class ColumnScansTest {
  private static final int EXAMPLES = 200;

  /**
   * Single precision has 24 bits: near 1.7e9 its numbers lie 128 apart, so it moves by up to 64.
   */
  @Test
  void secondsSince1970AreTooCloseToEachOther() {
    ColumnScans scans = scans(i -> 1_700_000_000 + i);
    assertThatThrownBy(scans::precision)
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a.csv: column 1 goes from 1700000000 to 1700000199, but 32-bit numbers, with which"
                + " models compute, move its values by up to 64; subtract 1700000000 from its"
                + " values, or leave out [0]");
  }

  /** Over 200 x 6400 s rounding by 64 s is hardly seen, but every second neighbour is equal. */
  @Test
  void lostStepsInALongRangeAreWarnedOf() {
    assertThat(scans(i -> i == 0 ? 0 : 1_700_000_000 + 50 * i).precision())
        .containsExactly(
            "a.csv: column 1 goes from 0 to 1700009950, but 32-bit numbers, with which models"
                + " compute, move its values by up to 64, which makes neighbours equal; subtract 0"
                + " from its values, or leave out [0]");
  }

  @Test
  void harmlessRoundingIsNoLoss() {
    SplittableRandom random = new SplittableRandom(1);
    for (DoubleUnaryOperator column :
        List.<DoubleUnaryOperator>of(
            i -> 0.1,
            i -> 0.1 * i,
            i -> random.nextDouble(),
            i -> 1e30 * random.nextDouble(),
            i -> 1e-30 * random.nextDouble(),
            i -> 101_325 + 30 * random.nextDouble(),
            i -> i % 2 == 0 ? 0.3 : 0.1 + 0.2,
            i -> 16_777_216 - i)) {
      assertThat(scans(column).precision()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, up by 1",
    "-2, 7, down by 2",
    "0.1, 0.3, up by 0.1",
    "86400, 1e6, up by 86400"
  })
  void evenStepsAreThoseOfRowNumbers(double step, double start, String direction) {
    assertThat(scans(i -> start + step * i).rowNumbers(i -> false))
        .contains(
            "a.csv: column 1 goes "
                + direction
                + " from each example to the next, as row numbers do, and would be learned as data;"
                + " if that is not meant, leave out [0]");
  }

  @Test
  void identifiersAreKnownByTheirNamesToo() {
    ColumnScans scans = scans(i -> i * i);
    assertThat(scans.rowNumbers(i -> false)).isEmpty();
    assertThat(scans.rowNumbers(i -> i == 0).orElseThrow()).contains("up in whole numbers");
    assertThat(scans(i -> (i * 37) % 200).rowNumbers(i -> true)).isEmpty();
    assertThat(scans(i -> i * Math.sqrt(i)).rowNumbers(i -> true)).isEmpty();
  }

  @Test
  void aConstantColumnIsNamed() {
    assertThat(scans(i -> 0.5).constants())
        .contains(
            "a.csv: column 1 holds one number in every example, about which a density of real"
                + " numbers grows without bound; leave out [0]");
  }

  @Test
  void aFewExamplesGoEvenlyByChance() {
    ColumnScans scans = ColumnScans.of("a.csv", 2, i -> "column " + i, some -> "");
    for (int i = 0; i < 4; i++) {
      scans.add(0, i);
      scans.add(1, i * i);
    }
    assertThat(scans.rowNumbers(i -> true)).isEmpty();
  }

  /** A column of the given values beside one of random ones. */
  private static ColumnScans scans(DoubleUnaryOperator values) {
    ColumnScans scans =
        ColumnScans.of("a.csv", 2, i -> "column " + (i + 1), some -> "leave out " + some);
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < EXAMPLES; i++) {
      scans.add(0, values.applyAsDouble(i));
      scans.add(1, random.nextDouble());
    }
    return scans;
  }
}
