package org.largevae.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.OneLevelVae;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.preparation.Examples;
import org.largevae.core.results.PartitionResult;
import org.largevae.core.testing.LinearGaussian;

/**
 * Against probabilistic PCA with one latent, where everything has a closed form: p(x) = N(b, w w^T
 * + s^2 I), and the true posterior is a Gaussian.
 */
class EvaluatorTest {
  private static final int EXAMPLES = 40;

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final Examples examples = LinearGaussian.examples(EXAMPLES, 4);
  private final ResidentExamples data = ResidentExamples.of(manager, examples, false);

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "7, 10", "50, 13", "64, 1000"})
  void truePosteriorGivesTheExactLikelihoodAtAnyNumberOfSamples(int samples, int batchRows) {
    Evaluation evaluation = evaluate(0, samples, batchRows);
    for (int i = 0; i < EXAMPLES; i++) {
      assertThat(evaluation.negativeLogLikelihoods()[i])
          .isCloseTo(-LinearGaussian.logEvidence(examples, i), within(2e-5));
    }
    PartitionResult result = evaluation.result();
    assertThat(result.elbo()).as("no gap to the bound").isCloseTo(-result.nll(), within(2e-5));
    assertThat(result.effectiveSampleSize()).isCloseTo(samples, within(samples * 1e-4));
    assertThat(result.examples()).isEqualTo(EXAMPLES);
    assertThat(result.importanceSamples()).isEqualTo(samples);
    assertThat(result.bitsPerDim())
        .isCloseTo(result.nll() / (LinearGaussian.DIMENSIONS * Math.log(2)), within(1e-12));
  }

  @Test
  void wrongPosteriorIsCorrectedByImportanceSampling() {
    // shifted by half a standard deviation: the bound falls short by KL(q || posterior) = 1/8
    Evaluation evaluation = evaluate(0.5, 4000, 2000);
    double exact = 0;
    for (int i = 0; i < EXAMPLES; i++) {
      exact -= LinearGaussian.logEvidence(examples, i) / EXAMPLES;
    }
    PartitionResult result = evaluation.result();
    // weights are log-normal with log-variance 1/4, hence a relative variance of e^(1/4) - 1
    double error = Math.sqrt(Math.expm1(0.25) / (4000.0 * EXAMPLES));
    assertThat(result.nll()).isCloseTo(exact, within(4 * error));
    double boundError = 0.5 / Math.sqrt(4000.0 * EXAMPLES);
    assertThat(result.elbo()).isCloseTo(-exact - 0.125, within(4 * boundError));
    assertThat(result.effectiveSampleSize() / 4000)
        .as("1 / E[w^2] of a log-normal")
        .isCloseTo(Math.exp(-0.25), within(0.05));
  }

  @Test
  void partsAddUpAndActiveUnitsAreCounted() {
    PartitionResult result = evaluate(0, 50, 100).result();
    assertThat(result.reconstruction() - result.kl()).isCloseTo(result.elbo(), within(1e-9));
    assertThat(result.activeUnits()).isEqualTo(1);
    float[] same = new float[EXAMPLES * LinearGaussian.DIMENSIONS];
    ResidentExamples constant =
        ResidentExamples.of(
            manager, new Examples(EXAMPLES, LinearGaussian.DIMENSIONS, same), false);
    try (ParameterizedModel model = model(0)) {
      assertThat(Evaluator.evaluate(model, constant, 3, 100, 1, done -> {}).result().activeUnits())
          .isZero();
    }
  }

  @Test
  void fewExamplesHaveNoActiveUnitsAndOneHasNoStandardError() {
    PartitionResult one = evaluate(0, 1);
    assertThat(one.nllStandardError()).isNull();
    assertThat(one.activeUnits()).isNull();
    assertThat(one.isCollapsed()).isFalse();
    PartitionResult two = evaluate(0, 2);
    double half =
        Math.abs(LinearGaussian.logEvidence(examples, 0) - LinearGaussian.logEvidence(examples, 1))
            / 2;
    assertThat(two.nllStandardError()).as("half the distance of two").isCloseTo(half, within(2e-5));
    assertThat(evaluate(0, 9).activeUnits()).isNull();
    assertThat(evaluate(0, 10).activeUnits()).isEqualTo(1);
  }

  private PartitionResult evaluate(double shift, int count) {
    float[] first = Arrays.copyOf(examples.values(), count * LinearGaussian.DIMENSIONS);
    Examples some = new Examples(count, LinearGaussian.DIMENSIONS, first);
    try (ParameterizedModel model = model(shift)) {
      ResidentExamples resident = ResidentExamples.of(manager, some, false);
      return Evaluator.evaluate(model, resident, 5, 100, 1, done -> {}).result();
    }
  }

  @Test
  void sameSeedSameNumbersAnotherSeedOthers() {
    assertThat(evaluate(0.5, 20, 100, 1)).isEqualTo(evaluate(0.5, 20, 100, 1));
    assertThat(evaluate(0.5, 20, 100, 2)).isNotEqualTo(evaluate(0.5, 20, 100, 1));
  }

  @Test
  void boundOfOneDrawAgreesWithManyDraws() {
    try (ParameterizedModel model = model(0)) {
      Elbo one = Evaluator.elbo(model, data, 3);
      // with the true posterior every draw of log p(x,z)/q(z|x) is log p(x)
      assertThat(-one.loss(1)).isCloseTo(evaluate(0, 10, 100).result().elbo(), within(2e-5));
      assertThat(Evaluator.elbo(model, data, 3)).isEqualTo(one);
    }
  }

  @Test
  void progressCountsTheExamples() {
    int[] last = new int[1];
    try (ParameterizedModel model = model(0)) {
      Evaluator.evaluate(model, data, 10, 30, 1, done -> last[0] = Math.max(last[0], done));
    }
    assertThat(last[0]).isEqualTo(EXAMPLES);
  }

  private Evaluation evaluate(double shift, int samples, int batchRows) {
    try (ParameterizedModel model = model(shift)) {
      return Evaluator.evaluate(model, data, samples, batchRows, 1, done -> {});
    }
  }

  private PartitionResult evaluate(double shift, int samples, int batchRows, long seed) {
    try (ParameterizedModel model = model(shift)) {
      return Evaluator.evaluate(model, data, samples, batchRows, seed, done -> {}).result();
    }
  }

  private static ParameterizedModel model(double shift) {
    OneLevelVae vae = LinearGaussian.vae(shift);
    return ModelFactory.forLoading(vae, ModelFactory.classNames(vae), Device.cpu());
  }
}
