package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DensityIntegrationTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void gaussiansHaveMassOne(int size) {
    CloudDensity density = new CloudDensity(size, gaussian(size, 0), sample(size));

    assertThat(density.weighted().standardError()).isLessThan(0.03);
    assertThat(density.weighted().mass())
        .isEqualTo(1, within(4 * density.weighted().standardError()));
    assertThat(density.weighted().disagreement(sample(size))).isEmpty();
  }

  @Test
  void aMassThatIsTooLargeShowsInFiveDimensions() {
    CloudDensity density = new CloudDensity(5, gaussian(5, 0.1), sample(5));

    assertThat(density.weighted().mass() - 1).isGreaterThan(4 * density.weighted().standardError());
  }

  @Test
  void heavyTailsHaveMassOneToo() {
    Random random = new Random(3);
    double[] sample = new double[2000];
    for (int i = 0; i < sample.length; i += 2) {
      double stretch = 1 / Math.abs(random.nextGaussian());
      sample[i] = stretch * random.nextGaussian();
      sample[i + 1] = stretch * random.nextGaussian();
    }
    CloudDensity cauchy =
        new CloudDensity(
            2, rows(2, squares -> -Math.log(2 * Math.PI) - 1.5 * Math.log1p(squares)), sample);

    assertThat(cauchy.weighted().mass())
        .isEqualTo(1, within(4 * cauchy.weighted().standardError()));
  }

  @Test
  void densitiesBetweenBoundsAreIntegratedUpToThem() {
    double[] sample = new Random(4).doubles(1000).toArray();
    double infinity = Double.POSITIVE_INFINITY;
    // p(x) = x^(-1/2) / 2 on (0, 1), exp(-x) on (0, inf), and its mirror image
    LineDensity arcs = new LineDensity(each(x -> Math.log(0.5) - Math.log(x) / 2), sample, 0, 1);
    LineDensity above = new LineDensity(each(x -> -x), sample, 0, infinity);
    LineDensity below = new LineDensity(each(x -> x), sample, -infinity, 0);

    assertThat(arcs.mass()).isEqualTo(1, within(1e-4));
    assertThat(arcs.expectation()).isEqualTo(1.0 / 3, within(1e-4));
    assertThat(above.mass()).isEqualTo(1, within(1e-4));
    assertThat(above.expectation()).isEqualTo(1, within(1e-4));
    assertThat(below.mass()).isEqualTo(1, within(1e-4));
  }

  @Test
  void steinsIdentitiesHoldForAGaussian() {
    Stein right = new Stein(2, new double[2]);
    Stein wide = new Stein(2, new double[2]);
    double[] draws = sample(2);
    double[] gradient = draws.clone();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = -draws[i];
    }
    double[] spread = draws.clone();
    for (int i = 0; i < spread.length; i++) {
      spread[i] *= 1.2;
    }

    right.add(draws, gradient);
    wide.add(spread, gradient);

    assertThat(right.violation()).isEmpty();
    assertThat(wide.violation().orElseThrow()).contains("-1.2").contains("not -1: draws have");
  }

  @Test
  void aGradientThatIsNotANumberBreaksThem() {
    Stein stein = new Stein(1, new double[1]);

    stein.add(new double[] {0, 1}, new double[] {0, Double.NaN});

    assertThat(stein.violation()).isPresent();
  }

  private static double[] sample(int size) {
    Random random = new Random(5);
    double[] draws = new double[10_000 * size];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = random.nextGaussian();
    }
    return draws;
  }

  private static UnaryOperator<double[]> gaussian(int size, double excess) {
    return rows(size, squares -> excess - (size * Math.log(2 * Math.PI) + squares) / 2);
  }

  private static UnaryOperator<double[]> rows(int size, UnaryOperator<Double> ofSquares) {
    return points -> {
      double[] values = new double[points.length / size];
      for (int i = 0; i < points.length; i++) {
        values[i / size] += points[i] * points[i];
      }
      return each(ofSquares).apply(values);
    };
  }

  private static UnaryOperator<double[]> each(UnaryOperator<Double> function) {
    return points -> {
      double[] values = new double[points.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = function.apply(points[i]);
      }
      return values;
    };
  }
}
