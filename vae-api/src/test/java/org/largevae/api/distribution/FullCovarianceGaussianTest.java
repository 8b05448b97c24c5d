package org.largevae.api.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;
import org.largevae.api.testing.GradientCheck;

class FullCovarianceGaussianTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(19);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 40})
  void logProbMatchesTheDenseDensity(int size) {
    FullCovarianceGaussian gaussians = random(3, size, -6, 2, 0.2);
    NDArray z = manager.randomUniform(-3, 3, new Shape(4, 3, size));

    NDArray logProb = gaussians.logProb(z);

    assertThat(logProb.getShape()).isEqualTo(new Shape(4, 3));
    for (int s = 0; s < 4; s++) {
      for (int b = 0; b < 3; b++) {
        double expected = dense(gaussians, b).logDensity(z.get(s, b));
        assertThat(logProb.getDouble(s, b))
            .isEqualTo(expected, within(1e-9 * (1 + Math.abs(expected))));
      }
    }
  }

  /** Near its own mean the log-density is of the order of 100: the error is absolute there. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40})
  void pairwiseLogProbMatchesTheDenseDensityAtSmallVariances(int size) {
    FullCovarianceGaussian gaussians = random(6, size, -6, -6, 0.2);
    NDArray z = gaussians.sample(new Shape());

    NDArray logProb = gaussians.logProbPairwise(z);

    assertThat(logProb.getDataType()).isEqualTo(DataType.FLOAT64);
    assertThat(logProb.getShape()).isEqualTo(new Shape(6, 6));
    for (int n = 0; n < 6; n++) {
      for (int k = 0; k < 6; k++) {
        double expected = dense(gaussians, k).logDensity(z.get(n));
        assertThat(logProb.getDouble(n, k))
            .isEqualTo(expected, within(1e-8 + 1e-12 * Math.abs(expected)));
      }
    }
  }

  @Test
  void pairsMayHaveAnyLeadingAxes() {
    FullCovarianceGaussian gaussians = random(3, 2, 0, 0, 0.5);
    NDArray z = manager.randomNormal(new Shape(2, 4, 2));

    NDArray pairs = gaussians.logProbPairwise(z);

    assertThat(pairs.getShape()).isEqualTo(new Shape(2, 4, 3));
    assertThat(pairs.flatten().toDoubleArray())
        .containsExactly(
            gaussians.logProb(z.expandDims(2)).flatten().toDoubleArray(), within(1e-10));
  }

  @Test
  void theScaleIsMadeOfScalesAndEntriesBelowTheDiagonal() {
    NDArray mean = manager.create(new double[] {1, 2, 3});
    NDArray logVariance = manager.create(new double[] {Math.log(4), 0, Math.log(0.25)});
    NDArray below = manager.create(new double[] {5, 6, 7});

    FullCovarianceGaussian gaussian = FullCovarianceGaussian.of(mean, logVariance, below);

    assertThat(gaussian.batch()).isEqualTo(new Shape());
    assertThat(gaussian.scale().toDoubleArray())
        .containsExactly(new double[] {2, 0, 0, 7, 1, 0, 3, 2.5, 0.5}, within(1e-15));
  }

  @Test
  void everyEntryBelowTheDiagonalHasItsPlace() {
    int size = 6;
    double[] entries = new double[size * (size - 1) / 2];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = i + 2;
    }
    NDArray below = manager.create(entries).reshape(1, entries.length).repeat(0, 2);
    NDArray zeros = manager.zeros(new Shape(2, size), DataType.FLOAT64);

    NDArray scale = FullCovarianceGaussian.of(zeros, zeros, below).scale().get(1);

    boolean[] found = new boolean[entries.length];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double entry = scale.getDouble(i, j);
        if (j >= i) {
          assertThat(entry).isEqualTo(i == j ? 1 : 0);
        } else {
          found[(int) entry - 2] = true;
        }
      }
    }
    assertThat(found).doesNotContain(false);
  }

  @Test
  void withNothingBelowTheDiagonalItIsTheDiagonalGaussian() {
    NDArray mean = manager.randomNormal(new Shape(5, 7));
    NDArray logVariance = manager.randomUniform(-6, 2, new Shape(5, 7));
    DiagonalGaussian diagonal = new DiagonalGaussian(mean, logVariance);
    FullCovarianceGaussian full =
        FullCovarianceGaussian.of(mean, logVariance, manager.zeros(new Shape(5, 21)));

    Engine.getInstance().setRandomSeed(1);
    float[] expected = diagonal.sample(new Shape(3)).toFloatArray();
    Engine.getInstance().setRandomSeed(1);
    NDArray draws = full.sample(new Shape(3));

    assertThat(draws.toFloatArray()).containsExactly(expected);
    // the float32 scales are rounded before their reciprocals are taken
    assertRelativelyEqual(full.logProb(draws), diagonal.logProb(Tensors.toFloat64(draws)), 1e-6);
    NDArray z = manager.randomNormal(new Shape(4, 7));
    assertRelativelyEqual(full.logProbPairwise(z), diagonal.logProbPairwise(z), 1e-6);
    FullCovarianceGaussian precise =
        FullCovarianceGaussian.of(
            Tensors.toFloat64(mean),
            Tensors.toFloat64(logVariance),
            manager.zeros(new Shape(5, 21), DataType.FLOAT64));
    assertRelativelyEqual(precise.logProbPairwise(z), diagonal.logProbPairwise(z), 1e-12);
  }

  @Test
  void drawsHaveTheCovariance() {
    int count = 40_000;
    FullCovarianceGaussian gaussians = random(2, 3, -2, 1, 0.8);

    NDArray sample = gaussians.sample(new Shape(count));

    assertThat(sample.getShape()).isEqualTo(new Shape(count, 2, 3));
    for (int b = 0; b < 2; b++) {
      DenseGaussian dense = dense(gaussians, b);
      NDArray draws = Tensors.toFloat64(sample.get(":, " + b));
      NDArray centred = draws.sub(manager.create(dense.mean()));
      NDArray products = centred.transpose().matMul(centred);
      for (int i = 0; i < 3; i++) {
        double variance = dense.covariance()[i][i];
        assertThat(centred.get(":, " + i).mean().getDouble())
            .isEqualTo(0, within(5 * Math.sqrt(variance / count)));
        for (int j = 0; j < 3; j++) {
          double expected = dense.covariance()[i][j];
          double error =
              Math.sqrt((variance * dense.covariance()[j][j] + expected * expected) / count);
          assertThat(products.getDouble(i, j) / count).isEqualTo(expected, within(5 * error));
        }
      }
    }
  }

  @Test
  void divergencesFromGaussiansAreThoseOfDenseOnes() {
    FullCovarianceGaussian q = random(3, 4, -3, 1, 0.5);
    FullCovarianceGaussian prior = random(1, 4, -1, 1, 0.5);
    FullCovarianceGaussian p =
        new FullCovarianceGaussian(prior.mean().get(0), prior.scale().get(0));
    DiagonalGaussian diagonal =
        new DiagonalGaussian(
            manager.randomNormal(new Shape(4)), manager.randomUniform(-1, 1, new Shape(4)));

    NDArray fromFull = q.divergence(p).orElseThrow();
    NDArray fromDiagonal = q.divergence(diagonal).orElseThrow();

    assertThat(fromFull.getShape()).isEqualTo(new Shape(3));
    assertThat(fromDiagonal.getShape()).isEqualTo(new Shape(3));
    for (int b = 0; b < 3; b++) {
      assertThat(fromFull.getDouble(b))
          .isEqualTo(dense(q, b).divergence(dense(prior, 0)), within(1e-9));
      assertThat(fromDiagonal.getDouble(b))
          .isEqualTo(dense(q, b).divergence(dense(diagonal)), within(1e-9));
    }
    assertThat(diagonal.divergence(p).orElseThrow().getDouble())
        .isEqualTo(dense(diagonal).divergence(dense(prior, 0)), within(1e-5));
    assertThat(q.divergence(q).orElseThrow().toDoubleArray())
        .containsExactly(new double[3], within(1e-12));
    assertThat(q.divergence(Mixture.uniform(q))).isEmpty();
  }

  @Test
  void gradientsMatchFiniteDifferencesAlsoAfterACollection() {
    NDArray mean = float64(new Shape(3, 3), 0.5);
    NDArray logVariance = float64(new Shape(3, 3), 0.3);
    NDArray below = float64(new Shape(3, 3), 0.4);
    NDArray z = float64(new Shape(2, 3, 3), 0.9);
    NDArray others = float64(new Shape(4, 3), 0.8);
    NDArray rows = manager.create(new long[] {2, 0, 2});
    NDArray priorMean = float64(new Shape(3), 0.5);
    NDArray priorBelow = float64(new Shape(3), 0.5);
    List<NDArray> parameters = List.of(mean, logVariance, below);

    GradientCheck.verify(
        List.of(mean, logVariance, below, z),
        () -> FullCovarianceGaussian.of(mean, logVariance, below).logProb(z));
    GradientCheck.verify(
        List.of(mean, logVariance, below, others),
        () -> FullCovarianceGaussian.of(mean, logVariance, below).logProbPairwise(others));
    GradientCheck.verify(
        List.of(mean, logVariance, below, z),
        () -> FullCovarianceGaussian.of(mean, logVariance, below).select(rows).logProb(z));
    GradientCheck.verify(
        parameters,
        () -> {
          Engine.getInstance().setRandomSeed(3);
          return FullCovarianceGaussian.of(mean, logVariance, below).sample(new Shape(2)).square();
        });
    GradientCheck.verify(
        List.of(mean, logVariance, below, priorMean, priorBelow),
        () -> {
          FullCovarianceGaussian q = FullCovarianceGaussian.of(mean, logVariance, below);
          return q.divergence(FullCovarianceGaussian.of(priorMean, priorMean, priorBelow))
              .orElseThrow()
              .add(q.divergence(new DiagonalGaussian(priorMean, priorBelow)).orElseThrow());
        });
  }

  @Test
  void float32GradientsSurviveACollection() {
    NDArray mean = manager.randomNormal(new Shape(3, 3));
    NDArray logVariance = manager.randomNormal(new Shape(3, 3));
    NDArray below = manager.randomNormal(new Shape(3, 3));
    NDArray z = manager.randomNormal(new Shape(3, 3));

    double[][] gradients =
        GradientCheck.verifyCollectionIsHarmless(
            List.of(mean, logVariance, below, z),
            () -> {
              FullCovarianceGaussian q = FullCovarianceGaussian.of(mean, logVariance, below);
              return q.logProb(z).sum().add(Mixture.uniform(q).logProb(z).sum());
            });

    assertThat(List.of(gradients))
        .allSatisfy(gradient -> assertThat(gradient).doesNotContain(0, Double.NaN));
  }

  @Test
  void aDetachedDistributionIsTheSameButPassesNoGradient() {
    NDArray mean = float64(new Shape(3, 2), 0.5);
    NDArray below = float64(new Shape(3, 1), 0.3);
    NDArray z = float64(new Shape(3, 2), 0.9);

    double[][] gradients =
        GradientCheck.verifyCollectionIsHarmless(
            List.of(mean, below, z),
            () ->
                FullCovarianceGaussian.of(mean, mean, below)
                    .detached()
                    .logProb(z)
                    .add(mean.sub(mean).sum().add(below.sub(below).sum())));

    assertThat(gradients[0]).containsOnly(0);
    assertThat(gradients[1]).containsOnly(0);
    assertThat(gradients[2]).doesNotContain(0);
  }

  @Test
  void valuesBroadcastAgainstTheBatch() {
    FullCovarianceGaussian gaussians = random(3, 2, -1, 1, 0.5);
    NDArray z = manager.randomNormal(new Shape(2));

    double[] each = gaussians.logProb(z).toDoubleArray();

    for (int b = 0; b < 3; b++) {
      assertThat(each[b]).isEqualTo(dense(gaussians, b).logDensity(z), within(1e-9));
    }
    assertThat(gaussians.logProb(z.reshape(1, 1, 2)).getShape()).isEqualTo(new Shape(1, 3));
    // a batch (3, 1): its second axis follows the values'
    FullCovarianceGaussian column =
        new FullCovarianceGaussian(gaussians.mean().expandDims(1), gaussians.scale().expandDims(1));
    NDArray values = manager.randomNormal(new Shape(3, 5, 2));
    NDArray logProb = column.logProb(values);
    assertThat(logProb.getShape()).isEqualTo(new Shape(3, 5));
    assertThat(logProb.getDouble(1, 3))
        .isEqualTo(dense(gaussians, 1).logDensity(values.get(1, 3)), within(1e-9));
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    assertThatThrownBy(
            () ->
                new FullCovarianceGaussian(
                    manager.zeros(new Shape(2, 3)), manager.zeros(new Shape(2, 3))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("mean (2, 3) and scale (2, 3) must have the shapes (..., M) and (..., M, M)");
    assertThatThrownBy(
            () ->
                new FullCovarianceGaussian(manager.zeros(new Shape()), manager.zeros(new Shape())))
        .isInstanceOf(ShapeException.class);
    NDArray mean = manager.zeros(new Shape(2, 3));
    assertThatThrownBy(() -> FullCovarianceGaussian.of(mean, mean, manager.zeros(new Shape(2, 4))))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "mean (2, 3), log variance (2, 3) and (2, 4) entries below the diagonal must have the"
                + " shapes (..., M), (..., M) and (..., M (M - 1) / 2)");
    FullCovarianceGaussian gaussians = random(3, 2, 0, 0, 0.5);
    assertThatThrownBy(() -> gaussians.logProb(manager.zeros(new Shape(3, 5))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("values of shape (3, 5) must have the shape (..., 2)");
    assertThatThrownBy(() -> gaussians.logProbPairwise(manager.zeros(new Shape(5))))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> gaussians.logProb(manager.zeros(new Shape(4, 2))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("values of shape (4, 2) do not fit a batch (3) over (2)");
  }

  private FullCovarianceGaussian random(
      int count, int size, double leastLogVariance, double greatestLogVariance, double below) {
    NDArray mean = manager.randomUniform(-3, 3, new Shape(count, size));
    NDArray uniform = manager.randomUniform(0, 1, new Shape(count, size));
    NDArray logVariance =
        Tensors.multiply(uniform, greatestLogVariance - leastLogVariance).add(leastLogVariance);
    NDArray entries =
        size == 1
            ? manager.zeros(new Shape(count, 0))
            : manager.randomNormal(
                0, (float) below, new Shape(count, size * (size - 1) / 2), DataType.FLOAT32);
    return FullCovarianceGaussian.of(mean, logVariance, entries);
  }

  private static DenseGaussian dense(FullCovarianceGaussian gaussians, int row) {
    int size = (int) gaussians.event().get(0);
    return DenseGaussian.of(
        gaussians.mean().get(row), new double[size], gaussians.scale().get(row));
  }

  private static DenseGaussian dense(DiagonalGaussian gaussian) {
    double[] variances = Tensors.toDoubles(gaussian.logVariance());
    for (int i = 0; i < variances.length; i++) {
      variances[i] = Math.exp(variances[i]);
    }
    return DenseGaussian.of(gaussian.mean(), variances, gaussian.mean().zerosLike());
  }

  private NDArray float64(Shape shape, double scale) {
    return manager.randomNormal(0, (float) scale, shape, DataType.FLOAT64);
  }

  private static void assertRelativelyEqual(NDArray actual, NDArray expected, double tolerance) {
    double[] found = Tensors.toDoubles(actual);
    double[] wanted = Tensors.toDoubles(expected);
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isEqualTo(wanted[i], within(tolerance * (1 + Math.abs(wanted[i]))));
    }
  }
}
