package org.largevae.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.Latents;
import org.largevae.api.distribution.Noise;
import org.largevae.api.tensor.Tensors;
import org.largevae.core.TrainedVae;
import org.largevae.core.preparation.Examples;
import org.largevae.core.testing.LinearGaussianChain;

/** Models of several levels where p(x), the posteriors and the bounds are known in closed form. */
class LinearGaussianChainTest {
  private static final int COPIES = 2000;

  static Stream<LinearGaussianChain> chains() {
    return Stream.of(
        new LinearGaussianChain(List.of(2, 3), 1), new LinearGaussianChain(List.of(1, 2, 2, 3), 2));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void theExactPosteriorGivesWeightsWithoutVariance(LinearGaussianChain chain) {
    int count = 15;
    int samples = 40;
    Examples examples = chain.examples(count, 4);
    try (ParameterizedModel model = chain.model(0, 1)) {
      double[] weights = logWeights(model, examples, samples);
      for (int i = 0; i < count; i++) {
        double evidence = chain.logEvidence(examples.rows()[i]);
        for (int s = 0; s < samples; s++) {
          assertThat(weights[s * count + i]).isCloseTo(evidence, within(1e-4));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("chains")
  void scoresAreTheExactOnes(LinearGaussianChain chain) {
    Examples examples = chain.examples(8, 5);
    try (TrainedVae exact = new TrainedVae(chain.model(0, 1))) {
      double[] likelihoods = exact.logLikelihood(examples.rows(), 5, 1);
      double[] bounds = exact.elbo(examples.rows(), 5, 1);
      for (int i = 0; i < 8; i++) {
        double evidence = chain.logEvidence(examples.rows()[i]);
        assertThat(likelihoods[i]).isCloseTo(evidence, within(1e-4));
        assertThat(bounds[i]).isCloseTo(evidence, within(1e-4));
      }
    }
  }

  /** A mean with its standard error. */
  private record Estimate(double mean, double error) {}

  @ParameterizedTest
  @MethodSource("chains")
  void withAWrongPosteriorTheBoundsRiseToTheEvidenceFromBelow(LinearGaussianChain chain) {
    double shift = 0.12;
    double spread = 1.15;
    float[] x = chain.examples(1, 6).rows()[0];
    double evidence = chain.logEvidence(x);
    double gap = chain.gap(shift, spread);
    assertThat(gap).as("the bound is not tight").isGreaterThan(0.1);
    try (ParameterizedModel model = chain.model(shift, spread)) {
      Estimate before = null;
      for (int samples : new int[] {1, 4, 60}) {
        Estimate now = importanceWeightedBound(model, x, samples);
        assertThat(now.mean()).isLessThan(evidence + 4 * now.error());
        if (before == null) {
          assertThat(now.mean())
              .as("one sample gives the ELBO")
              .isCloseTo(evidence - gap, within(4 * now.error()));
        } else {
          double error = Math.hypot(now.error(), before.error());
          assertThat(now.mean() - before.mean()).isGreaterThan(4 * error);
        }
        before = now;
      }
      assertThat(evidence - before.mean()).isLessThan(0.1 * gap);
    }
  }

  /** Over independent copies of an example, each with its own noise. */
  private static Estimate importanceWeightedBound(
      ParameterizedModel model, float[] x, int samples) {
    float[] copies = new float[COPIES * x.length];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = x[i % x.length];
    }
    double[] weights = logWeights(model, new Examples(COPIES, x.length, copies), samples);
    double[] bounds =
        IntStream.range(0, COPIES)
            .mapToDouble(
                i ->
                    logMeanExp(
                        IntStream.range(0, samples)
                            .mapToDouble(s -> weights[s * COPIES + i])
                            .toArray()))
            .toArray();
    double mean = Arrays.stream(bounds).average().orElseThrow();
    double squares = Arrays.stream(bounds).map(b -> (b - mean) * (b - mean)).sum();
    return new Estimate(mean, Math.sqrt(squares) / COPIES);
  }

  private static double logMeanExp(double[] values) {
    double largest = Arrays.stream(values).max().orElseThrow();
    double mean = Arrays.stream(values).map(v -> Math.exp(v - largest)).average().orElseThrow();
    return largest + Math.log(mean);
  }

  /** The log importance weights, S rows of B. */
  private static double[] logWeights(ParameterizedModel model, Examples examples, int samples) {
    int count = examples.size();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDManager manager = model.manager();
      NDArray x = manager.create(examples.values(), new Shape(count, examples.dimensions()));
      Noise noise = Noise.ofExamples(LongStream.range(100, 100 + count).toArray());
      return Tensors.toDoubles(model.begin().draw(Batch.of(x), samples, noise).bound().logWeight());
    }
  }

  @ParameterizedTest
  @MethodSource("chains")
  void drawsHaveTheMomentsOfEachLevel(LinearGaussianChain chain) {
    int count = 100_000;
    try (ParameterizedModel model = chain.model(0, 1);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Noise noise = Noise.ofExamples(LongStream.range(0, count).toArray());
      Latents latents = model.begin().sample(count, noise);
      for (int level = 0; level < latents.levels().size(); level++) {
        double[] drawn = Tensors.toDoubles(latents.levels().get(level));
        assertMoments(drawn, chain.priorMean(level), chain.priorCovariance(level));
      }
    }
  }

  private static void assertMoments(double[] drawn, double[] mean, double[][] covariance) {
    int size = mean.length;
    int count = drawn.length / size;
    for (int i = 0; i < size; i++) {
      double[] sums = new double[size + 1];
      for (int row = 0; row < count; row++) {
        double deviation = drawn[row * size + i] - mean[i];
        sums[size] += deviation;
        for (int j = 0; j < size; j++) {
          sums[j] += deviation * (drawn[row * size + j] - mean[j]);
        }
      }
      double error = Math.sqrt(covariance[i][i] / count);
      assertThat(sums[size] / count).as("mean").isCloseTo(0, within(4 * error));
      for (int j = 0; j < size; j++) {
        double product = covariance[i][i] * covariance[j][j];
        double squared = covariance[i][j] * covariance[i][j];
        assertThat(sums[j] / count)
            .as("covariance")
            .isCloseTo(covariance[i][j], within(4 * Math.sqrt((product + squared) / count)));
      }
    }
  }
}
