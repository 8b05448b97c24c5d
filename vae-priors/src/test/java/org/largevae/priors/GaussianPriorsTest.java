package org.largevae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Mixture;
import org.largevae.api.prior.Prior;
import org.largevae.api.tensor.Tensors;
import org.largevae.testkit.GradientCheck;

/** Where the trained Gaussians and their mixture start, and numbers known without them. */
class GaussianPriorsTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(29);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40})
  void theGaussianStartsAsTheStandardOneBitForBit(int size) {
    NDArray z = manager.randomNormal(new Shape(6, size));
    Density standard = standard(size);
    Density gaussian = started(new GaussianPrior(shape(size)));

    assertThat(gaussian.logProb(z)).isEqualTo(standard.logProb(z));
    assertThat(draws(gaussian)).containsExactly(draws(standard));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40})
  void othersStartAsTheStandardOneToo(int size) {
    NDArray z = manager.randomNormal(new Shape(6, size));
    double[] expected = standard(size).logProb(Tensors.toFloat64(z)).toDoubleArray();

    Density full = started(new FullCovarianceGaussianPrior(shape(size)));
    Density mixture =
        started(
            new GaussianMixturePrior(
                new GaussianMixturePriorSettings(1, 0, 0, -6, 2), shape(size)));

    assertThat(full.logProb(z).toDoubleArray()).containsExactly(expected, within(1e-12));
    assertThat(mixture.logProb(z).toDoubleArray()).containsExactly(expected, within(1e-12));
    assertThat(draws(full)).containsExactly(draws(standard(size)));
  }

  @Test
  void theMixtureStartsAboutTheCentreAndBroad() {
    GaussianMixturePrior prior = new GaussianMixturePrior(shape(40), 500);

    Mixture mixture = (Mixture) started(prior);

    DiagonalGaussian components = (DiagonalGaussian) mixture.components();
    assertThat(components.logVariance().toFloatArray()).containsOnly(0);
    assertThat(mixture.logWeights().toDoubleArray()).containsOnly(0);
    double count = 500 * 40;
    NDArray means = Tensors.toFloat64(components.mean());
    assertThat(means.mean().getDouble()).isEqualTo(0, within(5 * 0.5 / Math.sqrt(count)));
    assertThat(means.square().mean().getDouble())
        .isEqualTo(0.25, within(5 * 0.25 * Math.sqrt(2 / count)));
    // near N(0, 1.25 I): 1.25 of variance in each latent, 40 of them
    NDArray draws = mixture.sample(new Shape(4000));
    assertThat(draws.square().mean().getFloat()).isEqualTo(1.25f, within(0.03f));
  }

  @Test
  void oneComponentIsAGaussian() {
    Density prior =
        mixture(new double[][] {{1, -2}}, new double[][] {{0, Math.log(4)}}, new double[] {0.7});

    // -log(2 pi) - log(2) - 1/2 (0 + 9 / 4) at (1, 1)
    assertThat(logProb(prior, 1, 1))
        .isCloseTo(-Math.log(2 * Math.PI) - Math.log(2) - 1.125, within(1e-6));
  }

  /** Not a product of one-dimensional mixtures: that would also have mass at (0, 3) and (3, 0). */
  @Test
  void latentsAreSummedBeforeComponents() {
    double[][] means = {{0, 0}, {3, 3}};
    Density prior = mixture(means, new double[2][2], new double[] {Math.log(0.25), Math.log(0.75)});

    for (double[] z : new double[][] {{0, 0}, {0, 3}, {1, 2.5}}) {
      double expected =
          0.25 * normal(z[0], 0) * normal(z[1], 0) + 0.75 * normal(z[0], 3) * normal(z[1], 3);
      assertThat(logProb(prior, z)).isCloseTo(Math.log(expected), within(1e-6));
    }
  }

  @Test
  void variancesOfComponentsAreKeptWithinTheirBounds() {
    double[][] means = {{0}, {0}};
    double[] equal = {0, 0};

    assertThat(logProb(mixture(means, new double[][] {{-50}, {-50}}, equal), 0))
        .isCloseTo(3 - 0.5 * Math.log(2 * Math.PI), within(1e-6));
    assertThat(logProb(mixture(means, new double[][] {{50}, {50}}, equal), 0))
        .isCloseTo(-1 - 0.5 * Math.log(2 * Math.PI), within(1e-6));
  }

  @Test
  void drawsComeFromComponentsAsOftenAsTheirWeightsSay() {
    int count = 20_000;
    double[] weights = {0.1, 0.2, 0.7};
    Density prior =
        mixture(
            new double[][] {{-100}, {0}, {100}},
            new double[3][1],
            new double[] {Math.log(0.1), Math.log(0.2), Math.log(0.7)});

    int[] drawn = new int[3];
    for (float z : prior.sample(new Shape(count)).toFloatArray()) {
      drawn[Math.round(z / 100) + 1]++;
    }

    for (int k = 0; k < 3; k++) {
      double error = Math.sqrt(weights[k] * (1 - weights[k]) / count);
      assertThat((double) drawn[k] / count).isCloseTo(weights[k], within(5 * error));
    }
  }

  @Test
  void gradientsMatchFiniteDifferencesAlsoAfterACollection() {
    GaussianMixturePriorSettings settings = new GaussianMixturePriorSettings(3, 0.5, 0, -6, 2);
    for (Prior prior :
        List.of(
            new GaussianPrior(shape(3)),
            new FullCovarianceGaussianPrior(shape(3)),
            new GaussianMixturePrior(settings, shape(3)))) {
      prior.block().orElseThrow().initialize(manager, DataType.FLOAT64);
      List<NDArray> parameters =
          prior.block().orElseThrow().getParameters().values().stream()
              .map(parameter -> parameter.getArray())
              .toList();
      for (NDArray parameter : parameters) {
        manager.randomNormal(0, 0.6f, parameter.getShape(), DataType.FLOAT64).copyTo(parameter);
      }
      NDArray z = manager.randomNormal(new Shape(4, 3), DataType.FLOAT64);
      List<NDArray> leaves = new ArrayList<>(parameters);
      leaves.add(z);

      GradientCheck.verify(
          leaves,
          () -> prior.distribution(Encoders.context(Pass.training(manager), null)).logProb(z));
    }
  }

  @Test
  void theirGradientsAreTakenAsTheyAre() {
    for (Prior prior :
        List.of(
            new GaussianPrior(shape(2)),
            new FullCovarianceGaussianPrior(shape(2)),
            new GaussianMixturePrior(shape(2), 3))) {
      prior
          .block()
          .orElseThrow()
          .getParameters()
          .forEach(
              parameter ->
                  assertThat(prior.gradientRule(parameter.getKey())).isEqualTo(GradientRule.PLAIN));
    }
  }

  private Density standard(int size) {
    return started(new StandardPrior(shape(size)));
  }

  private Density started(Prior prior) {
    prior.initialize(new FixedStart(manager, 1));
    return prior.distribution(Encoders.context(Pass.inference(manager), null));
  }

  private static float[] draws(Density density) {
    Engine.getInstance().setRandomSeed(1);
    return density.sample(new Shape(5)).toFloatArray();
  }

  private Density mixture(double[][] means, double[][] logVariances, double[] logits) {
    GaussianMixturePrior prior = new GaussianMixturePrior(shape(means[0].length), means.length);
    prior.initialize(new FixedStart(manager, 1));
    set(prior, "means", manager.create(means));
    set(prior, "log_variances", manager.create(logVariances));
    set(prior, "logits", manager.create(logits));
    return prior.distribution(Encoders.context(Pass.inference(manager), null));
  }

  private static void set(Prior prior, String name, NDArray values) {
    NDArray parameter = prior.block().orElseThrow().getParameters().get(name).getArray();
    values.toType(DataType.FLOAT32, false).copyTo(parameter);
  }

  private double logProb(Density prior, double... z) {
    NDArray latents = manager.create(z, new Shape(1, z.length)).toType(DataType.FLOAT32, false);
    return prior.logProb(latents).getDouble(0);
  }

  private static double normal(double z, double mean) {
    return Math.exp(-0.5 * (z - mean) * (z - mean)) / Math.sqrt(2 * Math.PI);
  }

  private static ModelShape shape(int latentSize) {
    return ModelShape.of(DataDescription.of(new DataShape(1, 1, 1), ValueKinds.BINARY), latentSize);
  }
}
