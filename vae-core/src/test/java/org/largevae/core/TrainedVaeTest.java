package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.data.DataException;
import org.largevae.api.tensor.ShapeException;
import org.largevae.core.evaluation.EvaluationSettings;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.OneLevelVae;
import org.largevae.core.preparation.Examples;
import org.largevae.core.results.PartitionResult;
import org.largevae.core.testing.LinearGaussian;
import org.largevae.core.testing.TinyData;

/** A model on plain arrays: against closed forms where there are some, and at its door. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainedVaeTest {
  private TrainedVae binary;
  private TrainedVae pixels;

  @BeforeAll
  void train() {
    binary = TinyVaes.train(TinyData.BINARY);
    pixels = TinyVaes.train(TinyData.GREY_LEVEL);
  }

  @AfterAll
  void close() {
    binary.close();
    pixels.close();
  }

  @Test
  void scoresOfALinearGaussianModelAreThoseInClosedForm() {
    int count = 12;
    Examples drawn = LinearGaussian.examples(count, 4);
    float[][] examples = drawn.rows();
    try (TrainedVae exact = linearGaussian(0);
        TrainedVae shifted = linearGaussian(0.5)) {
      double[] likelihoods = exact.logLikelihood(examples, 3, 1);
      double[] bounds = exact.elbo(examples, 3, 1);
      double[] bits = exact.bitsPerDimension(examples, 3, 1);
      double[] looseBounds = shifted.elbo(examples, 4000, 1);
      double[] corrected = shifted.logLikelihood(examples, 4000, 1);
      double gap = 0;
      for (int i = 0; i < count; i++) {
        double evidence = LinearGaussian.logEvidence(drawn, i);
        assertThat(likelihoods[i]).isCloseTo(evidence, within(2e-5));
        assertThat(bounds[i]).isCloseTo(evidence, within(2e-5));
        assertThat(bits[i]).isCloseTo(-evidence / (3 * Math.log(2)), within(1e-5));
        // log w has the standard deviation 1/2, so its mean over 4000 draws 0.008
        assertThat(corrected[i]).isCloseTo(evidence, within(0.045));
        gap += (evidence - looseBounds[i]) / count;
      }
      assertThat(gap).as("KL(q || posterior) = 1/8").isCloseTo(0.125, within(0.012));
    }
  }

  private static TrainedVae linearGaussian(double shift) {
    OneLevelVae vae = LinearGaussian.vae(shift);
    return new TrainedVae(ModelFactory.forLoading(vae, ModelFactory.classNames(vae), Device.cpu()));
  }

  @Test
  void oneExampleGivesWhatABatchOfItGives() {
    float[] example = TinyData.BINARY.rows(1, 5)[0];
    float[][] batch = {example};
    assertThat(binary.encode(example)).hasSize(2).isEqualTo(binary.encode(batch)[0]);
    assertThat(binary.encodeSample(example, 4)).isEqualTo(binary.encodeSample(batch, 4)[0]);
    assertThat(binary.reconstruct(example)).hasSize(6).isEqualTo(binary.reconstruct(batch)[0]);
    float[] latent = {0.5f, -1};
    assertThat(binary.decode(latent)).isEqualTo(binary.decode(new float[][] {latent})[0]);
    assertThat(binary.logLikelihood(example, 9, 4))
        .isNegative()
        .isEqualTo(binary.logLikelihood(batch, 9, 4)[0]);
    assertThat(binary.elbo(example, 9, 4)).isEqualTo(binary.elbo(batch, 9, 4)[0]);
    assertThat(binary.bitsPerDimension(example, 9, 4))
        .isEqualTo(binary.bitsPerDimension(batch, 9, 4)[0]);
  }

  @Test
  void reconstructionDecodesThePosteriorMean() {
    float[][] examples = TinyData.GREY_LEVEL.rows(7, 5);
    assertThat(pixels.reconstruct(examples)).isDeepEqualTo(pixels.decode(pixels.encode(examples)));
    for (float value : pixels.reconstruct(examples[0])) {
      assertThat(value).isBetween(0f, 1f);
    }
  }

  @Test
  void largeBatchIsComputedInPartsWithoutMixingRows() {
    float[][] examples = TinyData.BINARY.rows(1203, 5);
    float[][] latents = binary.encode(examples);
    assertThat(latents).hasDimensions(1203, 2);
    for (int i : new int[] {0, 499, 500, 1202}) {
      assertThat(latents[i]).containsExactly(binary.encode(examples[i]), within(1e-6f));
    }
    assertThat(binary.logLikelihood(examples, 2, 1)).hasSize(1203);
    assertThat(binary.sample(1203, 1)).hasDimensions(1203, 6);
  }

  @Test
  void drawsDependOnTheSeedAlone() {
    float[][] examples = TinyData.BINARY.rows(3, 5);
    float[][] first = binary.sample(5, 1);
    double[] scores = binary.logLikelihood(examples, 5, 1);
    float[][] drawn = binary.encodeSample(examples, 1);
    assertThat(binary.sample(5, 2)[0]).isNotEqualTo(first[0]);
    assertThat(binary.logLikelihood(examples, 5, 2)).isNotEqualTo(scores);
    assertThat(binary.encodeSample(examples, 2)[0]).isNotEqualTo(drawn[0]);
    assertThat(binary.sample(5, 1)).isDeepEqualTo(first);
    assertThat(binary.logLikelihood(examples, 5, 1)).isEqualTo(scores);
    assertThat(binary.encodeSample(examples, 1)).isDeepEqualTo(drawn);
  }

  @Test
  void interpolationLeadsFromOneReconstructionToTheOther() {
    float[][] examples = TinyData.BINARY.rows(2, 5);
    float[][] path = binary.interpolate(examples[0], examples[1], 5);
    float[][] arc = binary.interpolate(examples[0], examples[1], 5, Interpolation.SPHERICAL);
    assertThat(path).hasDimensions(5, 6);
    float[][] ends = binary.reconstruct(examples);
    for (float[][] each : new float[][][] {path, arc}) {
      assertThat(each[0]).containsExactly(ends[0], within(1e-6f));
      assertThat(each[4]).containsExactly(ends[1], within(1e-6f));
    }
    assertThat(arc[2]).isNotEqualTo(path[2]);
  }

  @Test
  void emptyBatchGivesNothing() {
    float[][] none = {};
    assertThat(binary.encode(none)).isEmpty();
    assertThat(binary.decode(none)).isEmpty();
    assertThat(binary.reconstruct(none)).isEmpty();
    assertThat(binary.logLikelihood(none, 5, 1)).isEmpty();
  }

  @Test
  void evaluationIsTheMeanOfTheScores() {
    Examples examples = TinyData.BINARY.examples(30, 5);
    EvaluationSettings settings = new EvaluationSettings(500, 100, 2000);
    PartitionResult result =
        binary.evaluate(examples, settings, 20, 3, done -> assertThat(done).isPositive()).result();
    double likelihood =
        Arrays.stream(binary.logLikelihood(examples.rows(), 20, 3)).average().orElseThrow();
    double bound = Arrays.stream(binary.elbo(examples.rows(), 20, 3)).average().orElseThrow();
    assertThat(result.nll()).isCloseTo(-likelihood, within(1e-9));
    assertThat(result.elbo()).isCloseTo(bound, within(1e-9));
    assertThat(result.examples()).isEqualTo(30);
  }

  @Test
  void modelTellsItsSizes() {
    assertThat(binary.data()).isEqualTo(TinyData.BINARY.description());
    assertThat(binary.latentSize()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "BINARY, 0.3, 0 or 1",
    "BINARY, NaN, 0 or 1",
    "GREY_LEVEL, 0, (p + 0.5) / 256",
    "GREY_LEVEL, 0.5, (p + 0.5) / 256",
    "GREY_LEVEL, 1.001953125, (p + 0.5) / 256",
    "GREY_LEVEL, NaN, (p + 0.5) / 256"
  })
  void valueOutsideOfTheSupportIsNamedWithItsPlace(TinyData data, float value, String rule) {
    TrainedVae vae = data == TinyData.BINARY ? binary : pixels;
    float[][] examples = data.rows(3, 5);
    examples[2][4] = value;
    assertThatThrownBy(() -> vae.encode(examples))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("value 4 of example 2 is " + value)
        .hasMessageContaining(rule);
    assertThatThrownBy(() -> vae.logLikelihood(examples, 5, 1))
        .hasMessageContaining("value 4 of example 2");
    assertThatThrownBy(() -> vae.reconstruct(examples))
        .hasMessageContaining("value 4 of example 2");
    assertThatThrownBy(() -> vae.encodeSample(examples, 1))
        .hasMessageContaining("value 4 of example 2");
  }

  @Test
  void wrongLengthIsNamedWithTheRightOne() {
    float[][] examples = {new float[6], new float[5]};
    assertThatThrownBy(() -> binary.encode(examples))
        .isInstanceOf(ShapeException.class)
        .hasMessage("example 1 has 5 values, but an example of the shape 2 x 3 has 6");
    assertThatThrownBy(() -> binary.decode(new float[3]))
        .isInstanceOf(ShapeException.class)
        .hasMessage("latent 0 has 3 values, but the model's latent size is 2");
    assertThatThrownBy(() -> binary.decode(new float[] {0, Float.POSITIVE_INFINITY}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("value 1 of latent 0 is Infinity");
  }

  @Test
  void countsBelowTheLeastAreRefused() {
    float[] example = new float[6];
    assertThatThrownBy(() -> binary.sample(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count = 0: must be at least 1");
    assertThatThrownBy(() -> binary.logLikelihood(example, 0, 1))
        .hasMessage("samples = 0: must be at least 1");
    assertThatThrownBy(() -> binary.interpolate(example, example, 1))
        .hasMessage("steps = 1: must be at least 2");
  }

  @Test
  void closedModelSaysSoAndMayBeClosedAgain() {
    TrainedVae vae = TinyVaes.train(TinyData.BINARY);
    VaeImages images = vae.images();
    vae.close();
    vae.close();
    assertThatThrownBy(() -> vae.encode(new float[6]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("this model is closed");
    assertThatThrownBy(() -> vae.sample(1, 1)).hasMessageContaining("closed");
    assertThatThrownBy(() -> images.sample(1, 1)).hasMessageContaining("closed");
  }
}
