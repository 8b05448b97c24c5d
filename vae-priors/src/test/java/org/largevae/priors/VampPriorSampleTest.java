package org.largevae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;

class VampPriorSampleTest {
  private static final ModelShape SHAPE =
      ModelShape.of(DataDescription.of(new DataShape(1, 1, 1), ValueKinds.REAL), 1);

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(17);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 500})
  void everyComponentIsDrawnAsOften(int components) {
    int count = 100 * components;

    int[] drawn = drawsOfEach(components, count);

    double expected = (double) count / components;
    double chiSquare = 0;
    for (int draws : drawn) {
      chiSquare += (draws - expected) * (draws - expected) / expected;
    }
    int freedom = components - 1;
    // mean and standard deviation of chi square; too even would be as wrong as too uneven
    assertThat(chiSquare).isEqualTo(freedom, within(5 * Math.sqrt(2.0 * freedom)));
    assertThat(drawn).doesNotContain(0);
  }

  @Test
  void aFewDrawsComeFromAllComponentsNotFromTheFirst() {
    int[] drawn = drawsOfEach(500, 20);

    int amongTheFirst20 = 0;
    for (int k = 0; k < 20; k++) {
      amongTheFirst20 += drawn[k];
    }
    // 0.8 are expected; six or more have a probability below 0.0001
    assertThat(amongTheFirst20).isLessThan(6);
  }

  @Test
  void sampleMomentsAreTheMixtures() {
    int count = 50_000;
    double[] means = {-3, 0, 1, 2.5};
    double[] logVariances = {-6, 0, 2, -1};

    NDArray sample = mixture(means, logVariances).sample(new Shape(count));

    assertThat(sample.getShape()).isEqualTo(new Shape(count, 1));
    assertThat(sample.getDataType()).isEqualTo(DataType.FLOAT32);
    double first = 0;
    double second = 0;
    double fourth = 0;
    for (int k = 0; k < means.length; k++) {
      double square = means[k] * means[k];
      double variance = Math.exp(logVariances[k]);
      first += means[k] / means.length;
      second += (square + variance) / means.length;
      fourth += (square * square + 6 * square * variance + 3 * variance * variance) / means.length;
    }
    NDArray values = sample.toType(DataType.FLOAT64, false);
    // five standard errors of the first and the second moment
    assertThat(values.mean().getDouble())
        .isEqualTo(first, within(5 * Math.sqrt((second - first * first) / count)));
    assertThat(values.square().mean().getDouble())
        .isEqualTo(second, within(5 * Math.sqrt((fourth - second * second) / count)));
  }

  /** Importance sampling: E_p[q(z) / p(z)] = 1 for every density q, here a standard normal. */
  @Test
  void samplesAndDensityBelongTogether() {
    int count = 50_000;
    Density mixture = mixture(new double[] {-1, 1.5}, new double[] {0, 1});
    Density standard =
        new StandardPrior(SHAPE).distribution(Encoders.context(Pass.inference(manager), null));

    NDArray z = mixture.sample(new Shape(count));
    NDArray ratios =
        standard.logProb(z).toType(DataType.FLOAT64, false).sub(mixture.logProb(z)).exp();

    double mean = ratios.mean().getDouble();
    double variance = ratios.square().mean().getDouble() - mean * mean;
    assertThat(mean).isEqualTo(1, within(5 * Math.sqrt(variance / count)));
  }

  @Test
  void oneSeedGivesOneSample() {
    Density mixture = mixture(new double[] {-1, 1.5}, new double[] {0, 1});

    Engine.getInstance().setRandomSeed(1);
    float[] first = mixture.sample(new Shape(10)).toFloatArray();
    Engine.getInstance().setRandomSeed(1);
    float[] again = mixture.sample(new Shape(10)).toFloatArray();
    float[] next = mixture.sample(new Shape(10)).toFloatArray();

    assertThat(again).containsExactly(first);
    assertThat(next).isNotEqualTo(first);
  }

  /** Component k is narrow and stands at k, so that each draw tells where it came from. */
  private int[] drawsOfEach(int components, int count) {
    double[] means = new double[components];
    double[] logVariances = new double[components];
    for (int k = 0; k < components; k++) {
      means[k] = k;
      logVariances[k] = -6;
    }
    int[] drawn = new int[components];
    for (float z : mixture(means, logVariances).sample(new Shape(count)).toFloatArray()) {
      drawn[Math.round(z)]++;
    }
    return drawn;
  }

  private Density mixture(double[] means, double[] logVariances) {
    VampPrior prior = new VampPrior(SHAPE, means.length);
    prior.initialize(new FixedStart(manager, 1));
    Encoders.Table encoder = new Encoders.Table(column(means), column(logVariances));
    return prior.distribution(Encoders.context(Pass.inference(manager), encoder));
  }

  private NDArray column(double[] values) {
    return manager.create(values).toType(DataType.FLOAT32, false).reshape(values.length, 1);
  }
}
