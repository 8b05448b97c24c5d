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
import org.largevae.api.tensor.Tensors;
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
    NDArray z = posterior.sample(new Shape());

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

    NDArray sample = posterior.sample(new Shape(count));

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

    NDArray sample = posterior.sample(new Shape(count));

    double correlation = sample.get(":,0").mul(sample.get(":,1")).mean().getFloat();
    assertThat(correlation).isEqualTo(0, within(5 / Math.sqrt(count)));
  }

  @Test
  void oneSeedGivesOneSample() {
    DiagonalGaussian posterior = random(3, 2);

    Engine.getInstance().setRandomSeed(11);
    float[] first = posterior.sample(new Shape()).toFloatArray();
    Engine.getInstance().setRandomSeed(11);
    float[] second = posterior.sample(new Shape()).toFloatArray();

    assertThat(second).containsExactly(first).hasSize(6);
  }

  @Test
  void selectTakesRowsInOrderAndRepeats() {
    DiagonalGaussian posterior = random(3, 2);

    Density selected = posterior.select(manager.create(new long[] {2, 0, 2, 1}));

    assertThat(selected.batch()).isEqualTo(new Shape(4));
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
          return new DiagonalGaussian(mean, logVariance).sample(new Shape(2)).square();
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
        .hasMessage("mean (2, 3) and log variance (2, 4) must both have the shape (..., M)");
    assertThatThrownBy(
            () -> new DiagonalGaussian(manager.zeros(new Shape()), manager.zeros(new Shape())))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void latentsThatDoNotFitAreRefused() {
    DiagonalGaussian posterior = random(3, 2);

    for (Shape wrong : List.of(new Shape(3), new Shape(3, 5), new Shape())) {
      String message = "values of shape " + wrong + " must have the shape (..., 2)";
      assertThatThrownBy(() -> posterior.logProb(manager.zeros(wrong)))
          .isInstanceOf(ShapeException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> posterior.logProbPairwise(manager.zeros(wrong)))
          .isInstanceOf(ShapeException.class)
          .hasMessage(message);
    }
    for (Shape wrong : List.of(new Shape(4, 2), new Shape(3, 4, 2))) {
      assertThatThrownBy(() -> posterior.logProb(manager.zeros(wrong)))
          .isInstanceOf(ShapeException.class)
          .hasMessage("values of shape " + wrong + " do not fit a batch (3) over (2)");
    }
  }

  @Test
  void valuesBroadcastAgainstTheBatch() {
    DiagonalGaussian posterior = random(3, 2);
    NDArray z = manager.randomNormal(new Shape(2));

    float[] each = posterior.logProb(z).toFloatArray();

    assertThat(each).hasSize(3);
    assertThat(posterior.logProb(z.reshape(1, 1, 2)).getShape()).isEqualTo(new Shape(1, 3));
    for (int b = 0; b < 3; b++) {
      double expected = logDensity(z, posterior.mean().get(b), posterior.logVariance().get(b));
      assertThat((double) each[b]).isEqualTo(expected, within(1e-5 * (1 + Math.abs(expected))));
    }
  }

  @Test
  void logProbIsTheSumOverTheValues() {
    DiagonalGaussian posterior = random(3, 4);
    NDArray z = manager.randomNormal(new Shape(5, 3, 4));

    NDArray each = posterior.logProbEach(z);

    assertThat(each.getShape()).isEqualTo(new Shape(5, 3, 4));
    assertThat(each.sum(new int[] {2}).allClose(posterior.logProb(z), 1e-5, 1e-5, false)).isTrue();
  }

  @Test
  void aDrawKnowsItsLogDensity() {
    DiagonalGaussian posterior = random(3, 2);

    Draw draw = posterior.draw(new Shape(4));

    assertThat(draw.value().getShape()).isEqualTo(new Shape(4, 3, 2));
    assertThat(draw.logProb()).isEqualTo(posterior.logProb(draw.value()));
  }

  @Test
  void theStandardGaussianIsOneDistribution() {
    DiagonalGaussian standard = DiagonalGaussian.standard(manager, 3);

    assertThat(standard.batch()).isEqualTo(new Shape());
    assertThat(standard.event()).isEqualTo(new Shape(3));
    assertThat(standard.kind()).isEqualTo(Density.Kind.EXACT);
    assertThat(standard.sample(new Shape(5, 2)).getShape()).isEqualTo(new Shape(5, 2, 3));
    assertThat(Tensors.toDoubles(standard.logProb(manager.zeros(new Shape(3))))[0])
        .isEqualTo(-3 * 0.9189385332046727, within(1e-6));
  }

  /** Integrated by the midpoint rule; the dimensions are independent, their divergences add up. */
  @Test
  void divergenceIsTheIntegralOfTheLogRatio() {
    DiagonalGaussian q =
        new DiagonalGaussian(
            manager.create(new double[] {0.5, -1}, new Shape(1, 2)),
            manager.create(new double[] {-0.7, 0.4}, new Shape(1, 2)));
    DiagonalGaussian p =
        new DiagonalGaussian(
            manager.create(new double[] {-0.3, 0.2}), manager.create(new double[] {0.6, -0.2}));
    int nodes = 40_000;
    double width = 40.0 / nodes;
    NDArray z = manager.arange(nodes).toType(DataType.FLOAT64, false);
    NDArray line = z.mul(manager.create(width)).add(width / 2 - 20).expandDims(1);
    NDArray both = line.concat(line, 1);

    NDArray ratio = q.logProbEach(both).sub(p.logProbEach(both));
    double expected = q.logProbEach(both).exp().mul(ratio).sum().getDouble() * width;

    NDArray divergence = q.divergence(p).orElseThrow();
    assertThat(divergence.getShape()).isEqualTo(new Shape(1));
    assertThat(divergence.getDouble(0)).isEqualTo(expected, within(1e-9));
    assertThat(q.divergence(q).orElseThrow().getDouble(0)).isEqualTo(0, within(1e-15));
    assertThat(p.divergence(Mixture.uniform(q))).isEmpty();
  }

  @Test
  void aDetachedDistributionIsTheSameButPassesNoGradient() {
    NDArray mean = float64(new Shape(3, 2), 0.5);
    NDArray logVariance = float64(new Shape(3, 2), 0.3);
    DiagonalGaussian posterior = new DiagonalGaussian(mean, logVariance);
    NDArray z = float64(new Shape(3, 2), 0.9);

    assertThat(posterior.detached().logProb(z)).isEqualTo(posterior.logProb(z));
    double[][] gradients =
        GradientCheck.verifyCollectionIsHarmless(
            List.of(mean, logVariance, z),
            () ->
                new DiagonalGaussian(mean, logVariance)
                    .detached()
                    .logProb(z)
                    .add(mean.sub(mean).sum().add(logVariance.sub(logVariance).sum())));
    assertThat(gradients[0]).containsOnly(0);
    assertThat(gradients[1]).containsOnly(0);
    assertThat(gradients[2]).doesNotContain(0);
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
