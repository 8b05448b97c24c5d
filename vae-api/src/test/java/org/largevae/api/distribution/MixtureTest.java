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
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;
import org.largevae.api.testing.GradientCheck;

class MixtureTest {
  private static final double[] WEIGHTS = {0.2, 0.5, 0.3};
  private static final double[][] MEANS = {{-4, 1}, {0, 0}, {3, -2}};
  private static final double[][] LOG_VARIANCES = {{-2, 0}, {0, 1}, {0.5, -1}};

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(5);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void logProbIsTheClosedForm() {
    double[][] points = {{0, 0}, {-4, 1}, {2.5, -1}, {30, 30}};

    double[] logProb = mixture().logProb(manager.create(points)).toDoubleArray();

    for (int n = 0; n < points.length; n++) {
      double highest = Double.NEGATIVE_INFINITY;
      double[] terms = new double[WEIGHTS.length];
      for (int k = 0; k < terms.length; k++) {
        terms[k] = Math.log(WEIGHTS[k]);
        for (int m = 0; m < 2; m++) {
          double difference = points[n][m] - MEANS[k][m];
          double variance = Math.exp(LOG_VARIANCES[k][m]);
          terms[k] -= 0.5 * Math.log(2 * Math.PI * variance);
          terms[k] -= 0.5 * difference * difference / variance;
        }
        highest = Math.max(highest, terms[k]);
      }
      double top = highest;
      double expected = top + Math.log(Arrays.stream(terms).map(t -> Math.exp(t - top)).sum());
      assertThat(logProb[n]).isEqualTo(expected, within(1e-9 * (1 + Math.abs(expected))));
    }
  }

  @Test
  void sharesAddUpToTheDensity() {
    NDArray z = manager.randomNormal(new Shape(4, 5, 2));

    NDArray shares = mixture().logShares(z);
    NDArray logProb = mixture().logProb(z);

    assertThat(shares.getShape()).isEqualTo(new Shape(4, 5, 3));
    assertThat(logProb.getShape()).isEqualTo(new Shape(4, 5));
    double[] sum = shares.exp().sum(new int[] {2}).log().flatten().toDoubleArray();
    assertThat(logProb.flatten().toDoubleArray()).containsExactly(sum, within(1e-9));
  }

  @Test
  void componentsAreChosenByTheirWeights() {
    int count = 100_000;

    NDArray sample = mixture().sample(new Shape(count));

    assertThat(sample.getShape()).isEqualTo(new Shape(count, 2));
    assertThat(sample.getDataType()).isEqualTo(DataType.FLOAT64);
    // the expected share of a component is its weight, whatever the overlap
    NDArray shares = mixture().logShares(sample);
    NDArray posterior = shares.sub(Tensors.logSumExpLast(shares).expandDims(1)).exp();
    for (int k = 0; k < WEIGHTS.length; k++) {
      double frequency = posterior.get(":, " + k).mean().getDouble();
      double error = Math.sqrt(WEIGHTS[k] * (1 - WEIGHTS[k]) / count);
      assertThat(frequency).isEqualTo(WEIGHTS[k], within(5 * error));
    }
  }

  @Test
  void theMeanIsThatOfTheDraws() {
    int count = 100_000;
    NDArray sample = mixture().sample(new Shape(count));

    double[] mean = mixture().mean().toDoubleArray();

    for (int m = 0; m < 2; m++) {
      double expected = 0;
      for (int k = 0; k < WEIGHTS.length; k++) {
        expected += WEIGHTS[k] * MEANS[k][m];
      }
      assertThat(mean[m]).isEqualTo(expected, within(1e-12));
      double[] values = sample.get(":, " + m).toDoubleArray();
      double average = Arrays.stream(values).average().orElseThrow();
      double variance = Arrays.stream(values).map(v -> v * v).average().orElseThrow();
      assertThat(average).isEqualTo(expected, within(5 * Math.sqrt(variance / count)));
    }
  }

  @Test
  void drawsMayHaveAnyLeadingAxes() {
    assertThat(mixture().sample(new Shape()).getShape()).isEqualTo(new Shape(2));
    assertThat(mixture().sample(new Shape(3, 4)).getShape()).isEqualTo(new Shape(3, 4, 2));
    assertThat(mixture().draw(new Shape(3)).logProb().getShape()).isEqualTo(new Shape(3));
    assertThat(mixture().batch()).isEqualTo(new Shape());
    assertThat(mixture().event()).isEqualTo(new Shape(2));
    assertThat(mixture().kind()).isEqualTo(Density.Kind.EXACT);
  }

  @Test
  void aWeightOfNothingIsNeverDrawn() {
    NDArray weights = manager.create(new double[] {0, 1, 0}).log();
    NDArray means = manager.create(new double[][] {{-100}, {0}, {100}});
    Mixture mixture = new Mixture(new DiagonalGaussian(means, means.zerosLike()), weights);

    assertThat(mixture.sample(new Shape(1000)).abs().max().getDouble()).isLessThan(10);
  }

  @Test
  void equalComponentsAreOneOfThem() {
    NDArray means = manager.create(new double[][] {{1, 2}, {1, 2}, {1, 2}, {1, 2}});
    DiagonalGaussian components = new DiagonalGaussian(means, means.zerosLike());
    DiagonalGaussian one = new DiagonalGaussian(means.get(0), means.zerosLike().get(0));
    NDArray z = manager.create(new double[][] {{0, 1}, {4, -3}});

    assertThat(Mixture.uniform(components).logProb(z).toDoubleArray())
        .containsExactly(one.logProb(z).toDoubleArray(), within(1e-12));
  }

  @Test
  void oneWeightForAllIsAsMuchAsEqualWeights() {
    DiagonalGaussian components =
        new DiagonalGaussian(manager.create(MEANS), manager.create(LOG_VARIANCES));
    Mixture uniform = Mixture.uniform(components);
    Mixture equal = new Mixture(components, manager.full(new Shape(3), 0.7f, DataType.FLOAT64));
    NDArray z = manager.create(new double[][] {{0.2, 0.4}, {2, -1}});

    assertThat(uniform.logProb(z).toDoubleArray())
        .containsExactly(equal.logProb(z).toDoubleArray(), within(1e-12));
    assertThat(uniform.logShares(z).toDoubleArray())
        .containsExactly(equal.logShares(z).toDoubleArray(), within(1e-12));
    assertThat(uniform.mean().toDoubleArray())
        .containsExactly(equal.mean().toDoubleArray(), within(1e-12));
    double[] draws = uniform.sample(new Shape(4000)).mean(new int[] {0}).toDoubleArray();
    double[] means = uniform.mean().toDoubleArray();
    double[] squares = manager.create(MEANS).square().mean(new int[] {0}).toDoubleArray();
    double[] variances = manager.create(LOG_VARIANCES).exp().mean(new int[] {0}).toDoubleArray();
    for (int d = 0; d < means.length; d++) {
      double variance = variances[d] + squares[d] - means[d] * means[d];
      assertThat(draws[d]).isCloseTo(means[d], within(4 * Math.sqrt(variance / 4000)));
    }
  }

  @Test
  void gradientsMatchFiniteDifferences() {
    NDArray means = manager.create(MEANS);
    NDArray logVariances = manager.create(LOG_VARIANCES);
    NDArray logits = manager.create(new double[] {0.3, -0.2, 0.1});
    NDArray z = manager.create(new double[][] {{0.2, 0.4}, {2, -1}});

    GradientCheck.verify(
        List.of(means, logVariances, logits, z),
        () ->
            new Mixture(
                    new DiagonalGaussian(means, logVariances),
                    logits.sub(Tensors.logSumExpLast(logits)))
                .logProb(z));
  }

  @Test
  void aMixtureHasNoRows() {
    assertThatThrownBy(() -> mixture().select(manager.create(new long[] {0})))
        .isInstanceOf(ShapeException.class)
        .hasMessage("a mixture is one distribution, it has no rows to choose");
  }

  @Test
  void detachedAndMappedMixturesKeepTheirFamily() {
    NDArray z = manager.create(new double[][] {{0.2, 0.4}});

    assertThat(mixture().detached()).isInstanceOf(Mixture.class);
    assertThat(mixture().detached().logProb(z)).isEqualTo(mixture().logProb(z));
    assertThat(mixture().map(x -> x).logProb(z)).isEqualTo(mixture().logProb(z));
  }

  @Test
  void asManyWeightsAsComponentsAreNeeded() {
    DiagonalGaussian components =
        new DiagonalGaussian(manager.zeros(new Shape(3, 2)), manager.zeros(new Shape(3, 2)));

    assertThatThrownBy(() -> new Mixture(components, manager.zeros(new Shape(2))))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "a mixture of a batch (3) with log weights of shape (2): both must be (K), or"
                + " the weights (1) where all are the same");
    assertThatThrownBy(
            () -> new Mixture(DiagonalGaussian.standard(manager, 2), manager.zeros(new Shape())))
        .isInstanceOf(ShapeException.class);
  }

  private Mixture mixture() {
    return new Mixture(
        new DiagonalGaussian(manager.create(MEANS), manager.create(LOG_VARIANCES)),
        manager.create(WEIGHTS).log());
  }
}
