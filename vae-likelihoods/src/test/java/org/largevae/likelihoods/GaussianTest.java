package org.largevae.likelihoods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;

class GaussianTest {
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
  void agreesWithReference() {
    Reference reference = Reference.read("gaussian.csv");
    Density density =
        real(reference.array(manager, "mean"), reference.array(manager, "log_variance"));
    NDArray found = density.logProb(reference.array(manager, "x"));
    reference.assertClose(found, "log_density", 1e-5, 0);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "-3.5,-6", "100,2", "0.5,-20", "0.5,50"})
  void integratesToOne(double mean, double logVariance) {
    double deviation = Math.exp(Math.min(Math.max(logVariance, -6), 2) / 2);
    int points = 20_001;
    double step = 20 * deviation / (points - 1);
    double[] x = new double[points];
    for (int i = 0; i < points; i++) {
      x[i] = mean - 10 * deviation + i * step;
    }
    Shape shape = new Shape(points, 1);
    Density density =
        real(
            manager.zeros(shape, DataType.FLOAT64).add(mean),
            manager.zeros(shape, DataType.FLOAT64).add(logVariance));
    double integral = density.logProb(manager.create(x, shape)).exp().sum().getDouble() * step;
    assertThat(integral).isCloseTo(1, offset(1e-9));
  }

  @Test
  void sampleHasTheMeanAndVarianceAskedFor() {
    Engine.getInstance().setRandomSeed(3);
    int draws = 200_000;
    NDArray sample = real(value(-1.25f), value(-1)).sample(new Shape(draws));
    double variance = Math.exp(-1);
    double mean = sample.mean().getFloat();
    assertThat(mean).isCloseTo(-1.25, offset(5 * Math.sqrt(variance / draws)));
    double found = sample.add(1.25).square().mean().getFloat();
    assertThat(found).isCloseTo(variance, offset(5 * variance * Math.sqrt(2.0 / draws)));
  }

  @Test
  void samplesOfPixelsArePixelValuesInTheRightProportion() {
    Engine.getInstance().setRandomSeed(4);
    int draws = 100_000;
    float[] sample = pixels(value(0.02f), value(-6)).sample(new Shape(draws)).toFloatArray();
    int first = 0;
    for (float value : sample) {
      float pixel = value * 256 - 0.5f;
      assertThat(pixel).isEqualTo(Math.round(pixel)).isBetween(0f, 255f);
      first += pixel == 0 ? 1 : 0;
    }
    // Phi((1/256 - 0.02) / exp(-3)), by scipy.stats.norm.cdf
    double p = 0.3732524;
    assertThat((double) first / draws).isCloseTo(p, offset(5 * Math.sqrt(p * (1 - p) / draws)));
  }

  @Test
  void meanIsTheParameterAndForPixelsWithinTheirRange() {
    float[] means = {-3, 0, 0.25f, 1, 7};
    NDArray mean = manager.create(means, new Shape(1, 5));
    NDArray logVariance = manager.zeros(new Shape(1, 5));
    assertThat(real(mean, logVariance).mean().toFloatArray()).containsExactly(means);
    float lowest = 1 / 512f;
    assertThat(pixels(mean, logVariance).mean().toFloatArray())
        .containsExactly(lowest, lowest, 0.25f, 1 - lowest, 1 - lowest);
  }

  @Test
  void boundsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> new GaussianSettings(GaussianVariance.DECODER, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("log-variance-min: must be at most log-variance-max, which is 0.0");
    GaussianSettings wide = new GaussianSettings(GaussianVariance.DECODER, -21, 0);
    assertThatThrownBy(() -> new Gaussian(wide, Decoded.data(1, ValueKinds.REAL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("log-variance-min = -21.0: must be between -20 and 20");
  }

  @Test
  void theDensityOfPixelsIsThatOfRealValues() {
    NDArray mean = manager.randomNormal(new Shape(4, 5));
    NDArray logVariance = manager.randomNormal(new Shape(4, 5));
    NDArray x = manager.randomUniform(0, 1, new Shape(4, 5));

    assertThat(pixels(mean, logVariance).logProb(x)).isEqualTo(real(mean, logVariance).logProb(x));
  }

  /** 0 where the bounds allow it, else near to it; equal bounds fix it. */
  @ParameterizedTest
  @CsvSource({"-6,2,0", "-20,20,0", "1,3,1.1", "-5,-3,-3.1", "-1,-1,-1"})
  void aTrainedVarianceStartsAtOneOrAsNearAsItMay(double min, double max, double expected) {
    for (GaussianVariance variance : List.of(GaussianVariance.COLUMN, GaussianVariance.SHARED)) {
      Gaussian gaussian =
          new Gaussian(new GaussianSettings(variance, min, max), Decoded.data(3, ValueKinds.REAL));
      Block block = gaussian.block().orElseThrow();
      block.initialize(manager, DataType.FLOAT32);
      assertThat(block.getParameters().get(0).getValue().getArray().size())
          .isEqualTo(variance == GaussianVariance.COLUMN ? 3 : 1);
      assertThat(gaussian.parameters()).isEqualTo(new Shape(1, 3));

      Density density = gaussian.of(manager.zeros(new Shape(4, 1, 3)), pass);

      for (float found : ((DiagonalGaussian) density).logVariance().toFloatArray()) {
        assertThat((double) found).isCloseTo(expected, offset(1e-5));
      }
    }
  }

  @Test
  void aTrainedVarianceOfGreyLevelsStartsAtTheirScale() {
    Gaussian gaussian =
        new Gaussian(
            new GaussianSettings(GaussianVariance.SHARED, -6, 2),
            Decoded.data(3, ValueKinds.GREY_LEVEL));
    gaussian.block().orElseThrow().initialize(manager, DataType.FLOAT32);
    double expected = -1.5 * (Math.log(2 * Math.PI) - 3);

    Density density = gaussian.of(manager.zeros(new Shape(4, 1, 3)), pass);

    // at the mean
    assertThat((double) density.logProb(manager.zeros(new Shape(1, 3))).getFloat(0))
        .isCloseTo(expected, offset(1e-5));
  }

  private Density real(NDArray mean, NDArray logVariance) {
    return density(ValueKinds.REAL, mean, logVariance);
  }

  private Density pixels(NDArray mean, NDArray logVariance) {
    return density(ValueKinds.GREY_LEVEL, mean, logVariance);
  }

  private Density density(ValueKind kind, NDArray mean, NDArray logVariance) {
    return new Gaussian(Decoded.data(Decoded.dimensions(mean), kind))
        .of(Decoded.output(mean, logVariance), pass);
  }

  private NDArray value(float value) {
    return manager.full(new Shape(1), value);
  }
}
