package org.largevae.api.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.testing.GradientCheck;

class DiagonalGaussianTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(7);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void standardNormalHasTheKnownDensity() {
    NDArray zeros = manager.zeros(new Shape(1, 2));
    NDArray z = manager.create(new float[] {0, 1}, new Shape(1, 2));

    double logProb = new DiagonalGaussian(zeros, zeros).logProb(z).getFloat();

    // 2 log(1/sqrt(2 pi)) - 1/2
    assertThat(logProb).isEqualTo(-2 * 0.9189385332046727 - 0.5, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"2, -6", "40, -6", "2, 2", "40, 2"})
  void logProbMatchesTheFormulaInDoublePrecision(int latentSize, float logVariance) {
    NDArray mean = manager.randomUniform(-5, 5, new Shape(3, latentSize));
    NDArray logVariances = manager.randomUniform(-6, logVariance, new Shape(3, latentSize));
    DiagonalGaussian posterior = new DiagonalGaussian(mean, logVariances);
    NDArray z = manager.randomUniform(-5, 5, new Shape(4, 3, latentSize));

    NDArray logProb = posterior.logProb(z);

    assertThat(logProb.getShape()).isEqualTo(new Shape(4, 3));
    for (int s = 0; s < 4; s++) {
      for (int b = 0; b < 3; b++) {
        double expected = logDensity(z.get(s, b), mean.get(b), logVariances.get(b));
        assertThat((double) logProb.getFloat(s, b))
            .isEqualTo(expected, within(1e-5 * Math.abs(expected)));
      }
    }
  }

  @Test
  void logProbOfABatchIsThatOfItsSample() {
    DiagonalGaussian posterior = random(5, 3);
    NDArray z = manager.randomNormal(new Shape(5, 3));

    assertThat(posterior.logProb(z).toFloatArray())
        .containsExactly(posterior.logProb(z.expandDims(0)).squeeze(0).toFloatArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 40})
  void pairwiseLogProbMatchesTheBroadcastFormAtSmallVariances(int latentSize) {
    NDArray mean = manager.randomUniform(-5, 5, new Shape(50, latentSize));
    NDArray logVariance = manager.full(new Shape(50, latentSize), -6f);
    NDArray z = manager.randomUniform(-5, 5, new Shape(20, latentSize));

    NDArray logProb = new DiagonalGaussian(mean, logVariance).logProbPairwise(z);

    assertThat(logProb.getDataType()).isEqualTo(DataType.FLOAT64);
    assertThat(logProb.getShape()).isEqualTo(new Shape(20, 50));
    double[] pairwise = logProb.toDoubleArray();
    for (int n = 0; n < 20; n++) {
      for (int k = 0; k < 50; k++) {
        double expected = logDensity(z.get(n), mean.get(k), logVariance.get(k));
        assertThat(pairwise[50 * n + k]).isEqualTo(expected, within(1e-9));
      }
    }
  }

  /** Near its own mean the log-density is of the order of 100: the error is absolute here. */
  @Test
  void pairwiseLogProbIsExactNearTheMeans() {
    NDArray mean = manager.randomUniform(-5, 5, new Shape(50, 40));
    NDArray logVariance = manager.full(new Shape(50, 40), -6f);
    DiagonalGaussian posterior = new DiagonalGaussian(mean, logVariance);
    NDArray z = posterior.sample();

    double[] pairwise = posterior.logProbPairwise(z).toDoubleArray();

    for (int k = 0; k < 50; k++) {
      double expected = logDensity(z.get(k), mean.get(k), logVariance.get(k));
      assertThat(pairwise[51 * k]).isEqualTo(expected, within(1e-9));
    }
  }

  @Test
  void sampleMomentsAreThePosteriors() {
    int count = 40_000;
    float[] mean = {-3, 0, 0.5f, 2};
    float[] logVariance = {-6, 0, 1, 2};
    DiagonalGaussian posterior =
        new DiagonalGaussian(
            manager.create(mean, new Shape(2, 2)), manager.create(logVariance, new Shape(2, 2)));

    NDArray sample = posterior.sample(count);

    assertThat(sample.getShape()).isEqualTo(new Shape(count, 2, 2));
    NDArray columns = sample.reshape(count, 4).toType(DataType.FLOAT64, false);
    for (int i = 0; i < 4; i++) {
      double[] values = columns.get(":," + i).toDoubleArray();
      double variance = Math.exp(logVariance[i]);
      // five standard errors of a mean and of a Gaussian's variance
      assertThat(meanOf(values)).isEqualTo(mean[i], within(5 * Math.sqrt(variance / count)));
      assertThat(varianceOf(values))
          .isEqualTo(variance, within(5 * variance * Math.sqrt(2.0 / count)));
    }
  }

  @Test
  void drawsOfOneRowAreIndependentOfAnother() {
    int count = 40_000;
    DiagonalGaussian posterior =
        new DiagonalGaussian(manager.zeros(new Shape(2, 1)), manager.zeros(new Shape(2, 1)));

    NDArray sample = posterior.sample(count);

    double correlation = sample.get(":,0").mul(sample.get(":,1")).mean().getFloat();
    assertThat(correlation).isEqualTo(0, within(5 / Math.sqrt(count)));
  }

  @Test
  void oneSeedGivesOneSample() {
    DiagonalGaussian posterior = random(3, 2);

    Engine.getInstance().setRandomSeed(11);
    float[] first = posterior.sample().toFloatArray();
    Engine.getInstance().setRandomSeed(11);
    float[] second = posterior.sample().toFloatArray();

    assertThat(second).containsExactly(first).hasSize(6);
  }

  @Test
  void selectTakesRowsInOrderAndRepeats() {
    DiagonalGaussian posterior = random(3, 2);

    Posterior selected = posterior.select(manager.create(new long[] {2, 0, 2, 1}));

    assertThat(selected.size()).isEqualTo(4);
    assertThat(selected.mean().get(0).toFloatArray())
        .containsExactly(posterior.mean().get(2).toFloatArray());
    assertThat(((DiagonalGaussian) selected).logVariance().get(2).toFloatArray())
        .containsExactly(posterior.logVariance().get(2).toFloatArray());
    assertThat(selected.mean().get(3).toFloatArray())
        .containsExactly(posterior.mean().get(1).toFloatArray());
  }

  @Test
  void gradientsMatchFiniteDifferencesAlsoAfterACollection() {
    NDArray mean = float64(new Shape(3, 2), 0.5);
    NDArray logVariance = float64(new Shape(3, 2), 0.3);
    NDArray z = float64(new Shape(3, 2), 0.9);
    NDArray samples = float64(new Shape(2, 3, 2), 0.7);
    NDArray others = float64(new Shape(4, 2), 0.8);
    NDArray rows = manager.create(new long[] {2, 0, 2});

    GradientCheck.verify(
        List.of(mean, logVariance, z), () -> new DiagonalGaussian(mean, logVariance).logProb(z));
    GradientCheck.verify(
        List.of(mean, logVariance, samples),
        () -> new DiagonalGaussian(mean, logVariance).logProb(samples));
    GradientCheck.verify(
        List.of(mean, logVariance, others),
        () -> new DiagonalGaussian(mean, logVariance).logProbPairwise(others));
    GradientCheck.verify(
        List.of(mean, logVariance, z),
        () -> new DiagonalGaussian(mean, logVariance).select(rows).logProb(z));
  }

  @Test
  void gradientsFlowThroughSamples() {
    NDArray mean = float64(new Shape(3, 2), 0.5);
    NDArray logVariance = float64(new Shape(3, 2), 0.3);

    GradientCheck.verify(
        List.of(mean, logVariance),
        () -> {
          Engine.getInstance().setRandomSeed(3);
          return new DiagonalGaussian(mean, logVariance).sample(2).square();
        });
  }

  @Test
  void float32GradientsSurviveACollection() {
    NDArray mean = manager.randomNormal(new Shape(3, 2));
    NDArray logVariance = manager.randomNormal(new Shape(3, 2));
    NDArray z = manager.randomNormal(new Shape(3, 2));

    double[][] gradients =
        GradientCheck.verifyCollectionIsHarmless(
            List.of(mean, logVariance, z),
            () -> {
              DiagonalGaussian posterior = new DiagonalGaussian(mean, logVariance);
              return posterior.logProb(z).sum().add(posterior.logProbPairwise(z).sum());
            });

    assertThat(List.of(gradients))
        .allSatisfy(gradient -> assertThat(gradient).doesNotContain(0, Double.NaN));
  }

  @Test
  void momentsOfUnequalShapesAreRefused() {
    assertThatThrownBy(
            () ->
                new DiagonalGaussian(
                    manager.zeros(new Shape(2, 3)), manager.zeros(new Shape(2, 4))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("mean (2, 3) and log variance (2, 4) must both have the shape (B, M)");
    assertThatThrownBy(
            () -> new DiagonalGaussian(manager.zeros(new Shape(3)), manager.zeros(new Shape(3))))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void latentsThatDoNotFitAreRefused() {
    DiagonalGaussian posterior = random(3, 2);

    for (Shape wrong :
        List.of(new Shape(2), new Shape(3, 5), new Shape(4, 2), new Shape(1, 1, 3, 2))) {
      assertThatThrownBy(() -> posterior.logProb(manager.zeros(wrong)))
          .isInstanceOf(ShapeException.class)
          .hasMessage("latents of shape " + wrong + " must have the shape (3, 2) or (S, 3, 2)");
    }
    for (Shape wrong : List.of(new Shape(2), new Shape(4, 3), new Shape(4, 3, 2))) {
      assertThatThrownBy(() -> posterior.logProbPairwise(manager.zeros(wrong)))
          .isInstanceOf(ShapeException.class)
          .hasMessage("latents of shape " + wrong + " must have the shape (N, 2)");
    }
  }

  private DiagonalGaussian random(int size, int latentSize) {
    return new DiagonalGaussian(
        manager.randomNormal(new Shape(size, latentSize)),
        manager.randomNormal(new Shape(size, latentSize)));
  }

  private NDArray float64(Shape shape, double scale) {
    return manager.randomNormal(0, (float) scale, shape, DataType.FLOAT64);
  }

  /** The definition, term by term in double precision, from the float32 arguments. */
  private static double logDensity(NDArray z, NDArray mean, NDArray logVariance) {
    double sum = 0;
    for (int m = 0; m < z.size(); m++) {
      double difference = (double) z.getFloat(m) - mean.getFloat(m);
      double variance = Math.exp(logVariance.getFloat(m));
      sum += Math.log(2 * Math.PI * variance) + difference * difference / variance;
    }
    return -sum / 2;
  }

  private static double meanOf(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double varianceOf(double[] values) {
    double mean = meanOf(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
  }
}
