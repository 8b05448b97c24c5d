package org.largevae.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.core.preparation.Examples;
import org.largevae.core.results.BaselineResult;

/** Each column's distribution in closed form, and that probabilities sum to 1. */
class BaselineTest {
  private static final double LOG_2_PI = Math.log(2 * Math.PI);

  @Test
  void aBinaryColumnHasItsFrequencyWithOneAddedToEach() {
    // three of four are ones: (3 + 1) / (4 + 2)
    assertThat(nll(ValueKinds.BINARY, values(1, 1, 0, 1), 1)).isCloseTo(-Math.log(4 / 6.0), tiny());
    assertThat(nll(ValueKinds.BINARY, values(1, 1, 0, 1), 0)).isCloseTo(-Math.log(2 / 6.0), tiny());
  }

  @Test
  void probabilitiesThatAreDrawnFromCountAsTheirMean() {
    // ones to be expected: 0.25 + 0.75 + 0.5
    assertThat(nll(ValueKinds.BINARY, values(0.25f, 0.75f, 0.5f), 1))
        .isCloseTo(-Math.log(2.5 / 5), tiny());
  }

  @Test
  void categoriesAndLevelsThatWereNotSeenArePossible() {
    for (ValueKind kind : List.of(ValueKinds.category(3), ValueKinds.ordinal(3))) {
      assertThat(nll(kind, values(0, 0, 1), 0)).isCloseTo(-Math.log(3 / 6.0), tiny());
      assertThat(nll(kind, values(0, 0, 1), 2)).isCloseTo(-Math.log(1 / 6.0), tiny());
    }
  }

  @Test
  void aPixelHas256Levels() {
    float black = 0.5f / 256;
    float white = 255.5f / 256;
    assertThat(nll(ValueKinds.GREY_LEVEL, values(white, white, black), white))
        .isCloseTo(-Math.log(3 / 259.0), tiny());
    assertThat(nll(ValueKinds.GREY_LEVEL, values(white, white, black), 7.5f / 256))
        .isCloseTo(-Math.log(1 / 259.0), tiny());
  }

  @Test
  void aRealColumnIsAGaussian() {
    // mean 2, variance 1
    assertThat(nll(ValueKinds.REAL, values(1, 3), 4)).isCloseTo(0.5 * (LOG_2_PI + 4), tiny());
    // its own entropy on the training examples
    assertThat(nll(ValueKinds.REAL, values(1, 3), 1, 3)).isCloseTo(0.5 * (LOG_2_PI + 1), tiny());
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 5, -3e20f, 1e-20f})
  void aConstantColumnHasAFiniteDensity(float value) {
    assertThat(nll(ValueKinds.REAL, values(value, value, value), value))
        .isCloseTo(0.5 * (LOG_2_PI - 6), tiny());
    assertThat(nll(ValueKinds.REAL, values(value), value))
        .as("one example")
        .isCloseTo(0.5 * (LOG_2_PI - 6), tiny());
  }

  @Test
  void aPositiveColumnIsALogNormal() {
    // logs -1 and 1: mean 0, variance 1
    float[] training = {(float) Math.exp(-1), (float) Math.exp(1)};
    double log = Math.log(3);
    assertThat(nll(ValueKinds.POSITIVE, training, 3))
        .isCloseTo(0.5 * (LOG_2_PI + log * log) + log, within(1e-6));
  }

  @Test
  void countsSpreadMoreThanPoissonsAreANegativeBinomial() {
    // with the 1 that is added: 1, 1, 1, 5 of mean 2 and variance 3, hence r = 4 / (3 - 2)
    double p = 4 / 6.0;
    float[] training = {1, 1, 5};
    assertThat(nll(ValueKinds.COUNT, training, 0)).isCloseTo(-4 * Math.log(p), within(1e-9));
    // 5 ways to draw two: (r + 1) r / 2 = 10
    assertThat(nll(ValueKinds.COUNT, training, 2))
        .isCloseTo(-Math.log(10 * Math.pow(p, 4) * Math.pow(1 - p, 2)), within(1e-9));
    assertThat(total(training, 200)).isCloseTo(1, within(1e-9));
  }

  @Test
  void otherCountsArePoissonsAndNoneIsImpossible() {
    // 3, 3, 3, 3 and 1: mean 2.6, variance 0.64
    assertThat(nll(ValueKinds.COUNT, values(3, 3, 3, 3), 2))
        .isCloseTo(2.6 - 2 * Math.log(2.6) + Math.log(2), within(1e-5));
    assertThat(total(values(3, 3, 3, 3), 60)).isCloseTo(1, within(1e-8));
    assertThat(nll(ValueKinds.COUNT, values(0, 0, 0), 1e6f)).isFinite().isPositive();
    assertThat(nll(ValueKinds.COUNT, values(0, 0, 0), 0)).isFinite().isPositive();
  }

  @Test
  void columnsAreIndependentAndWhatIsMissingDoesNotCount() {
    DataDescription table =
        DataDescription.of(
            List.of(
                new Column("real", ValueKinds.REAL, true),
                new Column("binary", ValueKinds.BINARY, false)));
    Examples training = Examples.withMissing(3, values(1, 1, Float.NaN, 0, 3, 1), table);
    Examples test = Examples.withMissing(2, values(2, 1, Float.NaN, 0), table);
    BaselineResult result = Baseline.fit(table, training).orElseThrow().on(test);
    double expected = (0.5 * LOG_2_PI - Math.log(3 / 5.0) - Math.log(2 / 5.0)) / 2;
    assertThat(result.nll()).isCloseTo(expected, tiny());
    assertThat(result.bitsPerDim()).isCloseTo(expected / (2 * Math.log(2)), tiny());
  }

  @Test
  void aColumnOfWhichNothingIsKnownIsStandard() {
    DataDescription data = DataDescription.of(new DataShape(1, 1, 1), ValueKinds.BINARY, true);
    Examples none = Examples.withMissing(1, values(Float.NaN), data);
    assertThat(Baseline.fit(data, none).orElseThrow().on(Examples.withMissing(1, values(1), data)))
        .extracting(BaselineResult::bitsPerDim)
        .isEqualTo(1.0);
  }

  @Test
  void aKindThatIsNotKnownHasNoneIfItIsDiscrete() {
    assertThat(Baseline.fit(one(new Odd()), new Examples(1, 1, values(3))))
        .isEqualTo(Optional.empty());
  }

  /** A plugin's. */
  private record Odd() implements ValueKind {
    @Override
    public String name() {
      return "odd";
    }

    @Override
    public boolean holds(float value) {
      return value % 2 == 1;
    }

    @Override
    public String rule() {
      return "values are odd";
    }

    @Override
    public boolean isDiscrete() {
      return true;
    }
  }

  /** What the probabilities of the counts below a bound sum to. */
  private static double total(float[] training, int bound) {
    double total = 0;
    for (int count = 0; count < bound; count++) {
      total += Math.exp(-nll(ValueKinds.COUNT, training, count));
    }
    return total;
  }

  private static double nll(ValueKind kind, float[] training, float... test) {
    return Baseline.fit(one(kind), new Examples(training.length, 1, training))
        .orElseThrow()
        .on(new Examples(test.length, 1, test))
        .nll();
  }

  private static DataDescription one(ValueKind kind) {
    return DataDescription.of(new DataShape(1, 1, 1), kind);
  }

  private static float[] values(float... values) {
    return Arrays.copyOf(values, values.length);
  }

  private static org.assertj.core.data.Offset<Double> tiny() {
    return within(1e-12);
  }
}
