package org.largevae.likelihoods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomNumbersTest {
  private static final int DRAWS = 200_000;

  /** Mean and variance of a gamma number of scale 1 are its shape, its fourth moment is known. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.7, 1, 3.5, 400})
  void gammaHasItsMoments(double shape) {
    SplittableRandom random = new SplittableRandom(3);
    double[] draws =
        DoubleStream.generate(() -> RandomNumbers.gamma(random, shape)).limit(DRAWS).toArray();

    checkMoments(draws, shape, shape, 3 * shape * shape + 6 * shape);
  }

  /** Mean and variance are the mean; the fourth central moment is mu + 3 mu^2. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.8, 9.99, 10, 10.5, 60, 12345, 3e6})
  void poissonHasItsMoments(double mean) {
    SplittableRandom random = new SplittableRandom(4);
    double[] draws =
        DoubleStream.generate(() -> RandomNumbers.poisson(random, mean)).limit(DRAWS).toArray();

    assertThat(DoubleStream.of(draws)).allMatch(draw -> draw >= 0 && draw == Math.rint(draw));
    checkMoments(draws, mean, mean, mean + 3 * mean * mean);
  }

  private static void checkMoments(double[] draws, double mean, double variance, double fourth) {
    double average = DoubleStream.of(draws).average().orElseThrow();
    double squares =
        DoubleStream.of(draws).map(d -> (d - mean) * (d - mean)).average().orElseThrow();

    assertThat(average).isCloseTo(mean, within(5 * Math.sqrt(variance / DRAWS)));
    double error = Math.sqrt((fourth - variance * variance) / DRAWS);
    assertThat(squares).isCloseTo(variance, within(5 * error));
  }

  /** Each probability near where the sampler changes its method, against the exact one. */
  @ParameterizedTest
  @ValueSource(doubles = {9.5, 10.5, 14})
  void poissonHasItsProbabilities(double mean) {
    SplittableRandom random = new SplittableRandom(5);
    int[] counts = new int[100];
    for (int i = 0; i < DRAWS; i++) {
      counts[(int) RandomNumbers.poisson(random, mean)]++;
    }
    double probability = Math.exp(-mean);
    for (int k = 0; k < 40; k++) {
      double error = Math.sqrt(probability * (1 - probability) / DRAWS);
      assertThat((double) counts[k] / DRAWS)
          .as("probability of %d", k)
          .isCloseTo(probability, within(5 * error + 1e-5));
      probability *= mean / (k + 1);
    }
  }

  @Test
  void theExtremesEnd() {
    SplittableRandom random = new SplittableRandom(6);
    assertThat(RandomNumbers.poisson(random, 0)).isZero();
    assertThat(RandomNumbers.gamma(random, 1e-9)).isBetween(0.0, 1.0);
    assertThat(RandomNumbers.poisson(random, 1e15)).isCloseTo(1e15, within(1e9));
    assertThat(RandomNumbers.poisson(random, Double.NaN)).isNaN();
    assertThat(RandomNumbers.poisson(random, Double.POSITIVE_INFINITY)).isNaN();
    assertThat(RandomNumbers.gamma(random, Double.NaN)).isNaN();
  }
}
