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
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;
import org.largevae.api.testing.GradientCheck;

class LowRankGaussianTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(23);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /**
   * Factors of 3 beside variances of exp(-6): the correction takes away nearly all it is added to.
   */
  @ParameterizedTest
  @CsvSource({"1, 1, 0.5", "2, 1, 3", "2, 5, 1", "40, 1, 3", "40, 5, 3", "40, 10, 3"})
  void logProbMatchesTheDenseDensity(int size, int rank, double factor) {
    LowRankGaussian gaussians = random(3, size, rank, -6, factor);
    NDArray z = manager.randomUniform(-3, 3, new Shape(4, 3, size));

    NDArray logProb = gaussians.logProb(z);

    assertThat(logProb.getShape()).isEqualTo(new Shape(4, 3));
    for (int s = 0; s < 4; s++) {
      for (int b = 0; b < 3; b++) {
        double expected = dense(gaussians, b).logDensity(z.get(s, b));
        assertThat(logProb.getDouble(s, b))
            .isEqualTo(expected, within(1e-8 * (1 + Math.abs(expected))));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0.5", "2, 5, 1", "40, 1, 3", "40, 5, 3", "40, 10, 3"})
  void pairwiseLogProbIsExactNearTheMeans(int size, int rank, double factor) {
    LowRankGaussian gaussians = random(6, size, rank, -6, factor);
    NDArray z = gaussians.sample(new Shape());

    NDArray logProb = gaussians.logProbPairwise(z);

    assertThat(logProb.getDataType()).isEqualTo(DataType.FLOAT64);
    assertThat(logProb.getShape()).isEqualTo(new Shape(6, 6));
    for (int n = 0; n < 6; n++) {
      for (int k = 0; k < 6; k++) {
        double expected = dense(gaussians, k).logDensity(z.get(n));
        assertThat(logProb.getDouble(n, k))
            .isEqualTo(expected, within(1e-7 + 1e-10 * Math.abs(expected)));
      }
    }
  }

  @Test
  void pairsMayHaveAnyLeadingAxes() {
    LowRankGaussian gaussians = random(3, 4, 2, 0, 0.5);
    NDArray z = manager.randomNormal(new Shape(2, 5, 4));

    NDArray pairs = gaussians.logProbPairwise(z);

    assertThat(pairs.getShape()).isEqualTo(new Shape(2, 5, 3));
    assertThat(pairs.flatten().toDoubleArray())
        .containsExactly(
            gaussians.logProb(z.expandDims(2)).flatten().toDoubleArray(), within(1e-9));
  }

  @Test
  void columnsThatDependOnEachOtherAreAllowed() {
    NDArray column = manager.create(new float[] {1, -2, 0.5f}, new Shape(1, 3, 1));
    NDArray zeros = manager.zeros(new Shape(1, 3));
    LowRankGaussian twice = new LowRankGaussian(zeros, zeros, column.concat(column, 2));
    NDArray z = manager.create(new float[] {0.3f, 1, -1}, new Shape(1, 3));

    assertThat(twice.logProb(z).getDouble(0))
        .isEqualTo(dense(twice, 0).logDensity(z.get(0)), within(1e-12));
  }

  @Test
  void withoutAFactorItIsTheDiagonalGaussianBitForBit() {
    NDArray mean = manager.randomNormal(new Shape(5, 7));
    NDArray logVariance = manager.randomUniform(-6, 2, new Shape(5, 7));
    DiagonalGaussian diagonal = new DiagonalGaussian(mean, logVariance);
    LowRankGaussian without =
        new LowRankGaussian(mean, logVariance, manager.zeros(new Shape(5, 7, 3)));

    Engine.getInstance().setRandomSeed(1);
    float[] expected = diagonal.sample(new Shape(3)).toFloatArray();
    Engine.getInstance().setRandomSeed(1);
    NDArray draws = without.sample(new Shape(3));

    assertThat(draws.toFloatArray()).containsExactly(expected);
    DiagonalGaussian precise =
        new DiagonalGaussian(Tensors.toFloat64(mean), Tensors.toFloat64(logVariance));
    assertThat(without.logProb(draws).toDoubleArray())
        .containsExactly(precise.logProb(Tensors.toFloat64(draws)).toDoubleArray());
    assertThat(without.logProbPairwise(mean).toDoubleArray())
        .containsExactly(diagonal.logProbPairwise(mean).toDoubleArray());
  }

  @Test
  void drawsHaveTheCovariance() {
    int count = 40_000;
    LowRankGaussian gaussians = random(2, 3, 2, -2, 1);

    NDArray sample = gaussians.sample(new Shape(count));

    assertThat(sample.getShape()).isEqualTo(new Shape(count, 2, 3));
    for (int b = 0; b < 2; b++) {
      DenseGaussian dense = dense(gaussians, b);
      NDArray centred = Tensors.toFloat64(sample.get(":, " + b)).sub(manager.create(dense.mean()));
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
    LowRankGaussian q = random(3, 4, 2, -3, 0.7);
    DiagonalGaussian diagonal =
        new DiagonalGaussian(
            manager.randomNormal(new Shape(4)), manager.randomUniform(-1, 1, new Shape(4)));
    FullCovarianceGaussian full =
        FullCovarianceGaussian.of(
            manager.randomNormal(new Shape(4)),
            manager.randomUniform(-1, 1, new Shape(4)),
            manager.randomNormal(new Shape(6)));
    double[] variances = Tensors.toDoubles(diagonal.logVariance().exp());
    DenseGaussian denseDiagonal =
        DenseGaussian.of(diagonal.mean(), variances, diagonal.mean().zerosLike());
    DenseGaussian denseFull = DenseGaussian.of(full.mean(), new double[4], full.scale());

    NDArray fromDiagonal = q.divergence(diagonal).orElseThrow();
    NDArray fromFull = q.divergence(full).orElseThrow();

    assertThat(fromDiagonal.getShape()).isEqualTo(new Shape(3));
    assertThat(fromFull.getShape()).isEqualTo(new Shape(3));
    for (int b = 0; b < 3; b++) {
      double expected = dense(q, b).divergence(denseDiagonal);
      assertThat(fromDiagonal.getDouble(b)).isEqualTo(expected, within(1e-6 * expected));
      expected = dense(q, b).divergence(denseFull);
      assertThat(fromFull.getDouble(b)).isEqualTo(expected, within(1e-6 * expected));
    }
    assertThat(q.divergence(q)).isEmpty();
  }

  @Test
  void gradientsMatchFiniteDifferencesAlsoAfterACollection() {
    NDArray mean = float64(new Shape(3, 3), 0.5);
    NDArray logVariance = float64(new Shape(3, 3), 0.3);
    NDArray factor = float64(new Shape(3, 3, 2), 0.6);
    NDArray z = float64(new Shape(2, 3, 3), 0.9);
    NDArray others = float64(new Shape(4, 3), 0.8);
    NDArray rows = manager.create(new long[] {2, 0, 2});

    GradientCheck.verify(
        List.of(mean, logVariance, factor, z),
        () -> new LowRankGaussian(mean, logVariance, factor).logProb(z));
    GradientCheck.verify(
        List.of(mean, logVariance, factor, others),
        () -> new LowRankGaussian(mean, logVariance, factor).logProbPairwise(others));
    GradientCheck.verify(
        List.of(mean, logVariance, factor, z),
        () -> new LowRankGaussian(mean, logVariance, factor).select(rows).logProb(z));
    GradientCheck.verify(
        List.of(mean, logVariance, factor),
        () -> {
          Engine.getInstance().setRandomSeed(3);
          return new LowRankGaussian(mean, logVariance, factor).sample(new Shape(2)).square();
        });
    GradientCheck.verify(
        List.of(mean, logVariance, factor),
        () -> {
          LowRankGaussian q = new LowRankGaussian(mean, logVariance, factor);
          return q.divergence(new DiagonalGaussian(mean.get(0), mean.get(1)))
              .orElseThrow()
              .add(
                  q.divergence(FullCovarianceGaussian.of(mean.get(2), mean.get(1), mean.get(0)))
                      .orElseThrow());
        });
  }

  @Test
  void float32GradientsSurviveACollection() {
    NDArray mean = manager.randomNormal(new Shape(3, 4));
    NDArray logVariance = manager.randomNormal(new Shape(3, 4));
    NDArray factor = manager.randomNormal(new Shape(3, 4, 2));
    NDArray z = manager.randomNormal(new Shape(3, 4));

    double[][] gradients =
        GradientCheck.verifyCollectionIsHarmless(
            List.of(mean, logVariance, factor, z),
            () -> {
              LowRankGaussian q = new LowRankGaussian(mean, logVariance, factor);
              return q.logProb(z).sum().add(Mixture.uniform(q).logProb(z).sum());
            });

    assertThat(List.of(gradients))
        .allSatisfy(gradient -> assertThat(gradient).doesNotContain(0, Double.NaN));
  }

  /** A factor at zero still has a gradient, or a posterior that starts diagonal would stay so. */
  @Test
  void aFactorOfZeroLeavesZeroThroughItsDraws() {
    NDArray zeros = manager.zeros(new Shape(3, 4));
    NDArray factor = manager.zeros(new Shape(3, 4, 2));

    double[][] gradients =
        GradientCheck.verifyCollectionIsHarmless(
            List.of(factor),
            () -> {
              Engine.getInstance().setRandomSeed(3);
              return new LowRankGaussian(zeros, zeros, factor).sample(new Shape()).square().sum();
            });

    assertThat(gradients[0]).doesNotContain(0, Double.NaN);
  }

  @Test
  void aDetachedDistributionIsTheSameButPassesNoGradient() {
    NDArray mean = float64(new Shape(3, 2), 0.5);
    NDArray factor = float64(new Shape(3, 2, 1), 0.3);
    NDArray z = float64(new Shape(3, 2), 0.9);

    double[][] gradients =
        GradientCheck.verifyCollectionIsHarmless(
            List.of(mean, factor, z),
            () ->
                new LowRankGaussian(mean, mean, factor)
                    .detached()
                    .logProb(z)
                    .add(mean.sub(mean).sum().add(factor.sub(factor).sum())));

    assertThat(gradients[0]).containsOnly(0);
    assertThat(gradients[1]).containsOnly(0);
    assertThat(gradients[2]).doesNotContain(0);
  }

  @Test
  void oneDistributionHasNoBatch() {
    LowRankGaussian gaussians = random(1, 4, 2, -1, 1);
    LowRankGaussian one =
        new LowRankGaussian(
            gaussians.mean().get(0), gaussians.logVariance().get(0), gaussians.factor().get(0));
    NDArray z = one.sample(new Shape(2, 5));

    assertThat(z.getShape()).isEqualTo(new Shape(2, 5, 4));
    assertThat(one.batch()).isEqualTo(new Shape());
    assertThat(one.logProb(z).getShape()).isEqualTo(new Shape(2, 5));
    assertThat(one.logProb(z).getDouble(1, 2))
        .isEqualTo(dense(gaussians, 0).logDensity(z.get(1, 2)), within(1e-6));
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    NDArray mean = manager.zeros(new Shape(2, 3));
    for (Shape factor : List.of(new Shape(2, 3), new Shape(2, 4, 1), new Shape(2, 3, 0))) {
      assertThatThrownBy(() -> new LowRankGaussian(mean, mean, manager.zeros(factor)))
          .isInstanceOf(ShapeException.class)
          .hasMessage(
              "mean (2, 3), log variance (2, 3) and factor "
                  + factor
                  + " must have the shapes (..., M), (..., M) and (..., M, r), r at least 1");
    }
    LowRankGaussian gaussians = random(3, 2, 1, 0, 0.5);
    assertThatThrownBy(() -> gaussians.logProb(manager.zeros(new Shape(3, 5))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("values of shape (3, 5) must have the shape (..., 2)");
    assertThatThrownBy(() -> gaussians.logProbPairwise(manager.zeros(new Shape(5))))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> gaussians.logProb(manager.zeros(new Shape(4, 2))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("values of shape (4, 2) do not fit a batch (3) over (2)");
  }

  private LowRankGaussian random(
      int count, int size, int rank, double leastLogVariance, double factor) {
    return new LowRankGaussian(
        manager.randomUniform(-3, 3, new Shape(count, size)),
        manager.randomUniform(
            (float) leastLogVariance, (float) leastLogVariance + 1, new Shape(count, size)),
        manager.randomNormal(0, (float) factor, new Shape(count, size, rank), DataType.FLOAT32));
  }

  private static DenseGaussian dense(LowRankGaussian gaussians, int row) {
    double[] variances = Tensors.toDoubles(gaussians.logVariance().get(row));
    for (int i = 0; i < variances.length; i++) {
      variances[i] = Math.exp(variances[i]);
    }
    return DenseGaussian.of(gaussians.mean().get(row), variances, gaussians.factor().get(row));
  }

  private NDArray float64(Shape shape, double scale) {
    return manager.randomNormal(0, (float) scale, shape, DataType.FLOAT64);
  }
}
