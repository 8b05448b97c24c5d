package org.largevae.networks.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Support;
import org.largevae.api.distribution.UniformSphere;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

class SphereDistributionsTest {

  /** Makes a distribution of mean directions and concentrations. */
  private interface Family extends BiFunction<NDArray, NDArray, Density> {}

  private static final Family VON_MISES_FISHER = VonMisesFisher::new;
  private static final Family POWER_SPHERICAL = PowerSpherical::new;

  static Stream<Family> families() {
    return Stream.of(VON_MISES_FISHER, POWER_SPHERICAL);
  }

  static Stream<Arguments> extremes() {
    return families()
        .flatMap(
            family ->
                Stream.of(2, 3, 40, 200)
                    .flatMap(
                        m -> Stream.of(0.01, 1e5).map(kappa -> Arguments.of(family, m, kappa))));
  }

  @ParameterizedTest
  @MethodSource("families")
  void densitiesOnTheCircleIntegrateToOne(Family family) {
    try (NDManager manager = NDManager.newBaseManager()) {
      int nodes = 20_000;
      double[] points = new double[2 * nodes];
      for (int i = 0; i < nodes; i++) {
        points[2 * i] = Math.cos(2 * Math.PI * i / nodes);
        points[2 * i + 1] = Math.sin(2 * Math.PI * i / nodes);
      }
      NDArray z = manager.create(points, new Shape(nodes, 2)).toType(DataType.FLOAT32, false);
      for (double kappa : new double[] {0.01, 1, 50, 2000}) {
        Density density =
            family.apply(directions(manager, 1, 2).squeeze(0), scalar(manager, kappa));
        double mass =
            Arrays.stream(Tensors.toDoubles(density.logProb(z))).map(Math::exp).average().orElse(0);
        assertThat(2 * Math.PI * mass).isCloseTo(1, within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void densitiesOnTheSphereIntegrateToOne(Family family) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Grid grid = new Grid(600);
      NDArray z =
          manager
              .create(grid.points, new Shape(grid.weights.length, 3))
              .toType(DataType.FLOAT32, false);
      for (double kappa : new double[] {0.01, 1, 50, 500}) {
        Density density =
            family.apply(directions(manager, 1, 3).squeeze(0), scalar(manager, kappa));
        double[] log = Tensors.toDoubles(density.logProb(z));
        double mass = 0;
        for (int i = 0; i < log.length; i++) {
          mass += grid.weights[i] * Math.exp(log[i]);
        }
        assertThat(mass).isCloseTo(1, within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void drawsHaveLengthOneAndTheMeanOfTheDistribution(Family family) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Engine.getInstance().setRandomSeed(1);
      int draws = 40_000;
      for (int m : new int[] {2, 3, 5, 40}) {
        Density density =
            family.apply(directions(manager, 3, m), manager.create(new float[] {0.5f, 5, 200}));
        NDArray z = density.sample(new Shape(draws));
        for (double length : Tensors.toDoubles(Tensors.sumLast(z.square()).sqrt())) {
          assertThat(length).isCloseTo(1, within(2e-6));
        }
        NDArray mean = z.mean(new int[] {0});
        NDArray error =
            Tensors.multiply(
                z.sub(mean).square().mean(new int[] {0}).sqrt(), 4.5 / Math.sqrt(draws));
        double[] excess = Tensors.toDoubles(mean.sub(density.mean()).abs().sub(error));
        assertThat(DoubleStream.of(excess)).allMatch(e -> e < 1e-6);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void pairsAreTheDensitiesOfEachUnderEach(Family family) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Density density =
          family.apply(directions(manager, 3, 4), manager.create(new float[] {0.5f, 20, 1e4f}));
      NDArray values = directions(manager, 5, 4);
      double[] pairs = Tensors.toDoubles(density.logProbPairwise(values));
      double[] each = Tensors.toDoubles(density.logProb(values.expandDims(1)));
      for (int i = 0; i < pairs.length; i++) {
        assertThat(pairs[i]).isCloseTo(each[i], within(1e-6 * Math.max(1, Math.abs(each[i]))));
      }
      assertThat(density.support()).isEqualTo(Support.SPHERE);
      assertThat(density.pointEstimate()).isEqualTo(directions(manager, 3, 4));
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void theDivergenceToTheUniformDistributionIsExactWithItsGradient(Family family) {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] kappas = {1, 10, 100};
      NDArray kappa = manager.create(kappas);
      kappa.setRequiresGradient(true);
      NDArray mean = directions(manager, 3, 10);
      double[] divergence;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray found =
            family.apply(mean, kappa).divergence(new UniformSphere(manager, 10)).orElseThrow();
        divergence = Tensors.toDoubles(found);
        collector.backward(found.sum());
      }
      double[] gradient = Tensors.toDoubles(kappa.getGradient());
      double[] reference =
          family == VON_MISES_FISHER
              ? new double[] {2.484469587, 11.35021620}
              : new double[] {1.595586155, 8.608994449};
      assertThat(divergence[1]).isCloseTo(reference[0], within(6e-10));
      assertThat(divergence[2]).isCloseTo(reference[1], within(6e-9));
      for (int i = 0; i < kappas.length; i++) {
        double step = 1e-3 * kappas[i];
        double slope =
            (law(family, 10, kappas[i] + step).divergence()
                    - law(family, 10, kappas[i] - step).divergence())
                / (2 * step);
        assertThat(gradient[i]).isCloseTo(slope, Percentage.withPercentage(1e-3));
      }
      Density density = family.apply(mean, kappa);
      assertThat(density.divergence(new UniformSphere(manager, 9))).isEmpty();
      assertThat(density.divergence(DiagonalGaussian.standard(manager, 10))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("extremes")
  void valuesAndGradientsAreFiniteAtTheExtremes(Family family, int m, double kappa) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Engine.getInstance().setRandomSeed(2);
      int rows = 64;
      float[] means = directions(manager, rows, m).toFloatArray();
      // the first axis, both ways
      Arrays.fill(means, 0, 2 * m, 0);
      means[0] = 1;
      means[m] = -1;
      NDArray mean = manager.create(means, new Shape(rows, m));
      NDArray concentration = manager.full(new Shape(rows), (float) kappa);
      NDArray foreign = directions(manager, rows, m);
      mean.setRequiresGradient(true);
      concentration.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        Density density = family.apply(mean, concentration);
        NDArray z = density.sample(new Shape(10));
        NDArray own = density.logProb(z);
        NDArray pairs = density.logProbPairwise(foreign);
        NDArray kl = density.divergence(new UniformSphere(manager, m)).orElseThrow();
        for (NDArray array : new NDArray[] {z, own, pairs, kl, density.mean()}) {
          assertThat(DoubleStream.of(Tensors.toDoubles(array))).allMatch(Double::isFinite);
        }
        assertThat(DoubleStream.of(Tensors.toDoubles(kl))).allMatch(d -> d > 0);
        NDArray total =
            own.sum()
                .add(pairs.sum())
                .add(kl.sum())
                .add(z.square().mul(z).sum())
                .add(density.mean().sum());
        collector.backward(total);
      }
      assertThat(DoubleStream.of(Tensors.toDoubles(mean.getGradient()))).allMatch(Double::isFinite);
      assertThat(DoubleStream.of(Tensors.toDoubles(concentration.getGradient())))
          .allMatch(Double::isFinite);
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void theGradientOfAnExpectationIsThatOfQuadrature(Family family) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Engine.getInstance().setRandomSeed(5);
      double kappa = 4;
      double[] mu = {0.6, -0.48, 0.64};
      double[][] tangents = {{0.8, 0.36, -0.48}, {0, 0.8, 0.6}};
      int blocks = 40;
      int draws = 2500;
      double[][] estimates = new double[3][blocks];
      for (int block = 0; block < blocks; block++) {
        NDArray mean = manager.create(new float[] {0.6f, -0.48f, 0.64f}, new Shape(1, 3));
        NDArray concentration = manager.create(new float[] {(float) kappa});
        mean.setRequiresGradient(true);
        concentration.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          NDArray z = family.apply(mean, concentration).sample(new Shape(draws)).reshape(-1, 3);
          NDArray x = z.get(":, 0");
          NDArray y = z.get(":, 1");
          NDArray f = x.add(Tensors.multiply(y.mul(z.get(":, 2")), 2)).add(x.square());
          collector.backward(f.mean());
        }
        double[] byMean = Tensors.toDoubles(mean.getGradient());
        for (int t = 0; t < 2; t++) {
          estimates[t][block] = dot(byMean, tangents[t]);
        }
        estimates[2][block] = Tensors.toDoubles(concentration.getGradient())[0];
      }
      double step = 1e-3;
      for (int t = 0; t < 2; t++) {
        double exact =
            (expectation(family, along(mu, tangents[t], step), kappa)
                    - expectation(family, along(mu, tangents[t], -step), kappa))
                / (2 * step);
        assertClose(estimates[t], exact);
      }
      double exact =
          (expectation(family, mu, kappa + step) - expectation(family, mu, kappa - step))
              / (2 * step);
      assertClose(estimates[2], exact);
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void drawsOfAnExampleDependOnItsNoiseAlone(Family family) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray means = directions(manager, 3, 5);
      NDArray kappas = manager.create(new float[] {2, 30, 1});
      Density density = family.apply(means, kappas);
      float[] together = density.sample(new Shape(4), Noise.ofExamples(7, 8, 9)).toFloatArray();

      Noise alone = Noise.ofExamples(8);
      Density second = density.select(manager.create(new long[] {1}));
      for (int draw = 0; draw < 4; draw++) {
        float[] one = second.sample(new Shape(), alone).toFloatArray();
        for (int i = 0; i < 5; i++) {
          assertThat(one[i]).isCloseTo(together[draw * 15 + 5 + i], within(1e-6f));
        }
      }
    }
  }

  @Test
  void parametersThatDoNotFitAreRefused() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray kappas = manager.create(new float[] {2, 30, 1});
      assertThatThrownBy(() -> new VonMisesFisher(directions(manager, 2, 3), kappas))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("(2, 3)");
      assertThatThrownBy(() -> new PowerSpherical(directions(manager, 3, 1), kappas))
          .isInstanceOf(ShapeException.class);
      Density zero = new VonMisesFisher(directions(manager, 3, 3), manager.zeros(new Shape(3)));
      assertThatThrownBy(() -> zero.sample(new Shape()))
          .hasMessage("a concentration is 0.0; it must be above 0");
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void whatIsNotANumberStaysSo(Family family) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Density density =
          family.apply(directions(manager, 1, 5), manager.create(new float[] {Float.NaN}));
      assertThat(DoubleStream.of(Tensors.toDoubles(density.sample(new Shape(2)))))
          .allMatch(d -> Double.isNaN(d));
      assertThat(DoubleStream.of(Tensors.toDoubles(density.logProb(directions(manager, 1, 5)))))
          .allMatch(d -> Double.isNaN(d));
    }
  }

  private static void assertClose(double[] estimates, double exact) {
    double mean = Arrays.stream(estimates).average().orElseThrow();
    double squares = Arrays.stream(estimates).map(e -> (e - mean) * (e - mean)).sum();
    double error = Math.sqrt(squares / (estimates.length - 1) / estimates.length);
    assertThat(mean).isCloseTo(exact, within(4 * error));
    // what is not exact by more than a part in ten would be seen
    assertThat(error).isLessThan(0.02 * Math.max(1, Math.abs(exact)));
  }

  private static double expectation(Family family, double[] mu, double kappa) {
    AngularLaw law = law(family, 3, kappa);
    Grid grid = new Grid(200);
    double mass = 0;
    double sum = 0;
    for (int i = 0; i < grid.weights.length; i++) {
      double[] z = Arrays.copyOfRange(grid.points, 3 * i, 3 * i + 3);
      double y = (1 - dot(mu, z)) / 2;
      double sine = Math.sqrt(y * (1 - y));
      // the density of the point, not of its angle
      double weight = grid.weights[i] * Math.exp(law.logDensity(y)) / sine;
      mass += weight;
      sum += weight * (z[0] + 2 * z[1] * z[2] + z[0] * z[0]);
    }
    return sum / mass;
  }

  private static AngularLaw law(Family family, int m, double kappa) {
    return family == VON_MISES_FISHER
        ? new VonMisesFisherLaw(m, kappa)
        : new PowerSphericalLaw(m, kappa);
  }

  private static double[] along(double[] mu, double[] tangent, double angle) {
    double[] moved = new double[3];
    Arrays.setAll(moved, i -> Math.cos(angle) * mu[i] + Math.sin(angle) * tangent[i]);
    return moved;
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  private static NDArray scalar(NDManager manager, double kappa) {
    return manager.full(new Shape(), (float) kappa);
  }

  private static NDArray directions(NDManager manager, int rows, int m) {
    Random random = new Random(11);
    float[] values = new float[rows * m];
    for (int row = 0; row < rows; row++) {
      double squares = 0;
      double[] drawn = new double[m];
      for (int i = 0; i < m; i++) {
        drawn[i] = random.nextGaussian();
        squares += drawn[i] * drawn[i];
      }
      for (int i = 0; i < m; i++) {
        values[row * m + i] = (float) (drawn[i] / Math.sqrt(squares));
      }
    }
    return manager.create(values, new Shape(rows, m));
  }

  /** Midpoints in height and longitude, of equal area by Archimedes. */
  private static final class Grid {
    final double[] points;
    final double[] weights;

    Grid(int heights) {
      int longitudes = 200;
      points = new double[3 * heights * longitudes];
      weights = new double[heights * longitudes];
      Arrays.fill(weights, 4 * Math.PI / weights.length);
      for (int i = 0; i < weights.length; i++) {
        double height = (2.0 * (i / longitudes) + 1) / heights - 1;
        double longitude = 2 * Math.PI * (i % longitudes) / longitudes;
        double radius = Math.sqrt(1 - height * height);
        points[3 * i] = radius * Math.cos(longitude);
        points[3 * i + 1] = radius * Math.sin(longitude);
        points[3 * i + 2] = height;
      }
    }
  }
}
