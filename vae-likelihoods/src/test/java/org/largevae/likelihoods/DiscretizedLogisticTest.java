package org.largevae.likelihoods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.tensor.Tensors;

class DiscretizedLogisticTest {
  private static final DataDescription PIXEL = Decoded.data(1, ValueKinds.GREY_LEVEL);
  private static final DiscretizedLogistic FOLDED = new DiscretizedLogistic(PIXEL);
  private static final DiscretizedLogistic PAPER =
      new DiscretizedLogistic(new DiscretizedLogisticSettings(Tails.PAPER, -4.5, 0), PIXEL);

  private NDManager manager;
  private Pass pass;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    pass = Pass.inference(manager);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void agreesWithReferenceAtEveryEdgeAndExtreme() {
    Reference reference = Reference.read("discretized-logistic.csv");
    NDList parameters = parameters(reference);
    NDArray x = pixelValues(reference.array(manager, "pixel"));
    reference.assertClose(density(FOLDED, parameters).logProb(x), "folded", 1e-5, 0);
    reference.assertClose(density(PAPER, parameters).logProb(x), "paper", 1e-5, 0);
  }

  @Test
  void agreesWithReferenceAtTheWidestClamps() {
    Reference reference = Reference.read("discretized-logistic-wide.csv");
    NDList parameters = parameters(reference);
    NDArray x = pixelValues(reference.array(manager, "pixel"));
    for (Tails tails : Tails.values()) {
      NDArray found = density(withWidestClamps(tails), parameters).logProb(x);
      // float32 rounds mu by 3e-8, which is 3e-5 s at the narrowest scale here, exp(-7)
      reference.assertClose(found, tails == Tails.FOLDED ? "folded" : "paper", 3e-5, 0);
    }
  }

  @Test
  void sumsOverTheValuesOfAnExample() {
    Reference reference = Reference.read("discretized-logistic.csv");
    NDArray x = pixelValues(reference.array(manager, "pixel")).transpose();
    NDList parameters = parameters(reference);
    NDArray row = Decoded.output(parameters.get(0).transpose(), parameters.get(1).transpose());
    DataDescription data = Decoded.data(Decoded.dimensions(x), ValueKinds.GREY_LEVEL);
    Density foldedTails = new DiscretizedLogistic(data).of(row, pass);
    Density paperTails =
        new DiscretizedLogistic(new DiscretizedLogisticSettings(Tails.PAPER, -4.5, 0), data)
            .of(row, pass);
    double folded = Arrays.stream(reference.values("folded")).sum();
    double paper = Arrays.stream(reference.values("paper")).sum();
    assertThat(foldedTails.logProb(x).toFloatArray()).hasSize(1);
    assertThat((double) foldedTails.logProb(x).getFloat(0))
        .isCloseTo(folded, offset(-1e-5 * folded));
    assertThat((double) paperTails.logProb(x).getFloat(0)).isCloseTo(paper, offset(-1e-5 * paper));
  }

  @Test
  void foldedTailsSumToOne() {
    Engine.getInstance().setRandomSeed(11);
    NDArray location = manager.randomNormal(0, 4, new Shape(400, 1, 1), DataType.FLOAT32);
    NDArray logScale = manager.randomUniform(-11, 3, new Shape(400, 1, 1));
    NDList extremes = extremes();
    for (DiscretizedLogistic likelihood : List.of(FOLDED, withWidestClamps(Tails.FOLDED))) {
      assertOnes(sums(likelihood, location, logScale));
      assertOnes(sums(likelihood, extremes.get(0), extremes.get(1)));
    }
  }

  @Test
  void paperTailsLoseTheMassOutside() {
    NDArray location = manager.create(new float[] {-3, 0}, new Shape(2, 1, 1));
    NDArray logScale = manager.zeros(new Shape(2, 1, 1));
    float[] sums = sums(PAPER, location, logScale);
    double mu = 1 / (1 + Math.exp(3));
    double inside = 1 / (1 + Math.exp(mu - 1)) - 1 / (1 + Math.exp(mu));
    assertThat((double) sums[0]).isCloseTo(inside + 256e-7, offset(1e-5));
    assertThat((double) sums[1]).isCloseTo(Math.tanh(0.25) + 256e-7, offset(1e-5));
  }

  @ParameterizedTest
  @EnumSource(Tails.class)
  void everyValueIsFiniteWithFiniteGradientsEverywhere(Tails tails) {
    DiscretizedLogistic usual = tails == Tails.FOLDED ? FOLDED : PAPER;
    for (DiscretizedLogistic likelihood : List.of(usual, withWidestClamps(tails))) {
      NDList extremes = extremes();
      NDArray location = spread(extremes.get(0));
      NDArray logScale = spread(extremes.get(1));
      location.setRequiresGradient(true);
      logScale.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray logProb = density(likelihood, new NDList(location, logScale)).logProb(all());
        assertThat(finite(logProb)).isTrue();
        collector.backward(logProb.sum());
      }
      assertThat(finite(location.getGradient())).isTrue();
      assertThat(finite(logScale.getGradient())).isTrue();
    }
  }

  @Test
  void binsAreReadRightlyFromRoundedValues() {
    NDArray centres = all();
    NDList parameters = new NDList(all().add(-0.5), all().neg());
    float[] expected = density(FOLDED, parameters).logProb(centres).toFloatArray();
    assertThat(density(FOLDED, parameters).logProb(centres.add(3e-7)).toFloatArray())
        .isEqualTo(expected);
    assertThat(density(FOLDED, parameters).logProb(centres.sub(3e-7)).toFloatArray())
        .isEqualTo(expected);
  }

  @Test
  void meanIsTheExpectationUnderFoldedTails() {
    Reference reference = Reference.read("discretized-logistic-mean.csv");
    NDList parameters = parameters(reference);
    reference.assertClose(density(FOLDED, parameters).mean().squeeze(1), "mean", 0, 4e-5);
    assertThat(density(PAPER, parameters).mean()).isEqualTo(density(FOLDED, parameters).mean());
  }

  @Test
  void meanIsWithinHalfAGreyLevelAtTheNarrowestScale() {
    NDArray location = manager.linspace(-8, 8, 1001).reshape(1001, 1);
    NDList parameters = new NDList(location, manager.full(new Shape(1001, 1), -10f));
    float[] mean = density(withWidestClamps(Tails.FOLDED), parameters).mean().toFloatArray();
    for (int i = 0; i < mean.length; i++) {
      double mu = 1 / (1 + Math.exp(-location.getFloat(i, 0)));
      mu = Math.min(Math.max(mu, 1.0 / 512), 1 - 1.0 / 512);
      assertThat((double) mean[i]).isCloseTo(mu, offset(1e-5));
      assertThat((double) mean[i]).isCloseTo(mu, offset(0.5 / 256));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.3,-3.2", "-1000,-1.5", "5,-4.5", "-2,0", "1000,-9"})
  void samplesFollowTheFoldedProbabilities(float location, float logScale) {
    Engine.getInstance().setRandomSeed(5);
    int draws = 200_000;
    NDList one = new NDList(full(1, location), full(1, logScale));
    float[] sample = density(FOLDED, one).sample(new Shape(draws)).toFloatArray();
    int[] counts = new int[256];
    double total = 0;
    for (float value : sample) {
      float pixel = value * 256 - 0.5f;
      assertThat(pixel).as("a pixel value").isEqualTo(Math.round(pixel)).isBetween(0f, 255f);
      counts[(int) pixel]++;
      total += value;
    }
    NDList each = new NDList(full(256, location), full(256, logScale));
    float[] logProb = density(FOLDED, each).logProb(all()).toFloatArray();
    double variance = 0;
    double mean = density(FOLDED, each).mean().getFloat(0, 0);
    for (int pixel = 0; pixel < 256; pixel++) {
      double p = Math.exp(logProb[pixel]);
      // five standard errors, and a few counts where hardly any are expected
      double bound = 5 * Math.sqrt(p * (1 - p) / draws) + 5.0 / draws;
      assertThat((double) counts[pixel] / draws).as("pixel %s", pixel).isCloseTo(p, offset(bound));
      variance += p * Math.pow((pixel + 0.5) / 256 - mean, 2);
    }
    assertThat(total / draws).isCloseTo(mean, offset(5 * Math.sqrt(variance / draws) + 4e-5));
  }

  @Test
  void boundsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> new DiscretizedLogisticSettings(Tails.FOLDED, 0, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("log-scale-min: must be at most log-scale-max, which is -1.0");
    for (double bound : new double[] {Double.NaN, -11}) {
      DiscretizedLogisticSettings bad = new DiscretizedLogisticSettings(Tails.FOLDED, bound, 0);
      assertThatThrownBy(() -> new DiscretizedLogistic(bad, PIXEL))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("log-scale-min = " + bound + ": must be ");
    }
  }

  /** Of location and log scale. */
  private Density density(DiscretizedLogistic likelihood, NDList parameters) {
    return likelihood.of(Decoded.output(parameters.get(0), parameters.get(1)), pass);
  }

  private static DiscretizedLogistic withWidestClamps(Tails tails) {
    return new DiscretizedLogistic(new DiscretizedLogisticSettings(tails, -10, 2), PIXEL);
  }

  private NDList parameters(Reference reference) {
    return new NDList(reference.array(manager, "location"), reference.array(manager, "log_scale"));
  }

  private static NDArray pixelValues(NDArray pixel) {
    return Tensors.multiply(pixel.add(0.5), 1.0 / 256);
  }

  /** All 256 values, shape (256, 1). */
  private NDArray all() {
    return pixelValues(manager.arange(0f, 256f, 1f)).reshape(256, 1);
  }

  private NDArray full(int rows, float value) {
    return manager.full(new Shape(rows, 1), value);
  }

  /** Every pair of a location and a log scale at and around the clamps, shape (S, 1, 1) each. */
  private NDList extremes() {
    float[] locations = {
      -1e4f, -88, -6.3f, -6.23441f, -6.2f, -1, 0, 1e-3f, 2, 6.23441f, 6.3f, 1e4f
    };
    float[] logScales = {-1e4f, -10, -9, -7, -4.51f, -4.5f, -4.49f, -2, -0.01f, 0, 0.01f, 2, 1e4f};
    NDArray location = manager.create(locations).reshape(-1, 1).repeat(1, logScales.length);
    NDArray logScale = manager.create(logScales).reshape(1, -1).repeat(0, locations.length);
    return new NDList(location.reshape(-1, 1, 1), logScale.reshape(-1, 1, 1));
  }

  /** From (S, 1, 1) to (S, 256, 1), so that every value has parameters of its own. */
  private static NDArray spread(NDArray parameter) {
    return parameter.repeat(1, 256);
  }

  private float[] sums(DiscretizedLogistic likelihood, NDArray location, NDArray logScale) {
    NDList parameters = new NDList(spread(location), spread(logScale));
    return density(likelihood, parameters).logProb(all()).exp().sum(new int[] {1}).toFloatArray();
  }

  private static void assertOnes(float[] sums) {
    for (float sum : sums) {
      assertThat(sum).isCloseTo(1, offset(1e-5f));
    }
  }

  private static boolean finite(NDArray array) {
    return array.isInfinite().logicalOr(array.isNaN()).none().getBoolean();
  }
}
