package org.largevae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.FullCovarianceGaussian;
import org.largevae.api.distribution.LowRankGaussian;
import org.largevae.priors.VampPriorSettings.Init;
import org.largevae.priors.VampPriorSettings.Weights;
import org.largevae.testkit.GradientCheck;

/** Learned weights, components of other families, and components that have next to no share. */
class WeightedVampPriorTest {
  /** {@code q(z|x) = N(z | x, I)}. */
  private static final Function<NDArray, Density> IDENTITY = x -> new DiagonalGaussian(x, x.sub(x));

  /** What the check of gradients multiplies a single value by. */
  private static final double PROJECTION = Math.cos(1);

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(31);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void learnedWeightsStartEqual() {
    VampPrior equal = prior(5, 2, Weights.EQUAL);
    VampPrior learned = prior(5, 2, Weights.LEARNED);
    NDArray points = manager.randomNormal(new Shape(5, 2));
    points.copyTo(parameter(equal, "pseudo_inputs"));
    points.copyTo(parameter(learned, "pseudo_inputs"));
    NDArray z = manager.randomNormal(new Shape(4, 2));

    assertThat(parameter(learned, "logits").toFloatArray()).containsExactly(new float[5]);
    assertThat(density(learned).logProb(z).toDoubleArray())
        .containsExactly(density(equal).logProb(z).toDoubleArray(), within(1e-12));
    assertThat(equal.block().orElseThrow().getParameters().keys()).containsExactly("pseudo_inputs");
  }

  @Test
  void weightsAreTheSoftmaxOfTheLogits() {
    VampPrior prior = prior(2, 1, Weights.LEARNED);
    set(prior, "pseudo_inputs", 0, 3);
    set(prior, "logits", 1, 1 + Math.log(3));

    double found = density(prior).logProb(manager.ones(new Shape(1, 1))).getDouble(0);

    double expected = (0.25 * Math.exp(-0.5) + 0.75 * Math.exp(-2)) / Math.sqrt(2 * Math.PI);
    assertThat(found).isEqualTo(Math.log(expected), within(1e-6));
  }

  @Test
  void theGradientOfALogitIsResponsibilityLessWeight() {
    VampPrior prior = prior(3, 1, Weights.LEARNED);
    set(prior, "pseudo_inputs", -1, 0.5, 2);
    set(prior, "logits", 0.3, -0.4, 0.1);
    NDArray z = manager.create(new float[] {0.7f}, new Shape(1, 1));

    double[][] gradients =
        GradientCheck.verifyCollectionIsHarmless(
            List.of(parameter(prior, "logits")), () -> training(prior, IDENTITY).logProb(z));

    double[] weights = normalised(Math.exp(0.3), Math.exp(-0.4), Math.exp(0.1));
    double[] shares =
        normalised(
            weights[0] * Math.exp(-0.5 * 1.7 * 1.7),
            weights[1] * Math.exp(-0.5 * 0.2 * 0.2),
            weights[2] * Math.exp(-0.5 * 1.3 * 1.3));
    for (int k = 0; k < 3; k++) {
      assertThat(gradients[0][k] / PROJECTION).isEqualTo(shares[k] - weights[k], within(1e-6));
    }
    assertThat(prior.gradientRule("logits")).isEqualTo(GradientRule.PLAIN);
    assertThat(prior.gradientRule("pseudo_inputs")).isEqualTo(GradientRule.ROWS);
  }

  @Test
  void drawsChooseComponentsByTheirWeights() {
    int components = 50;
    int count = 50_000;
    VampPrior prior = prior(components, 1, Weights.LEARNED);
    double[] logits = new double[components];
    double[] points = new double[components];
    for (int k = 0; k < components; k++) {
      logits[k] = Math.log(1 + k % 7);
      points[k] = 20 * k;
    }
    set(prior, "logits", logits);
    set(prior, "pseudo_inputs", points);

    int[] drawn = new int[components];
    for (float z : density(prior).sample(new Shape(count)).toFloatArray()) {
      drawn[Math.round(z / 20)]++;
    }

    double[] weights = normalised(Arrays.stream(logits).map(Math::exp).toArray());
    double chiSquare = 0;
    for (int k = 0; k < components; k++) {
      double expected = count * weights[k];
      chiSquare += (drawn[k] - expected) * (drawn[k] - expected) / expected;
    }
    // mean and standard deviation of chi square
    assertThat(chiSquare).isEqualTo(components - 1, within(5 * Math.sqrt(2.0 * (components - 1))));
  }

  /**
   * With the identity for an encoder the gradient of pseudo-input k is its responsibility times z -
   * u_k: of any size its direction is that of z - u_k.
   */
  @ParameterizedTest
  @EnumSource(Weights.class)
  void aPseudoInputOfNextToNoShareStillHasADirection(Weights weights) {
    VampPrior prior = prior(4, 2, weights);
    // at z = 0 with shares of about 1, exp(-70), exp(-200) and exp(-1000)
    double[] far = {Math.sqrt(140), Math.sqrt(400), Math.sqrt(2000)};
    set(
        prior,
        "pseudo_inputs",
        0,
        0,
        0.6 * far[0],
        -0.8 * far[0],
        0.6 * far[1],
        0.8 * far[1],
        -far[2],
        0);
    NDArray z = manager.zeros(new Shape(1, 2));
    NDArray points = parameter(prior, "pseudo_inputs");

    double[][] single =
        GradientCheck.verifyCollectionIsHarmless(
            List.of(points), () -> training(prior, IDENTITY).logProb(z));

    double[] gradient = single[0];
    assertThat(gradient).doesNotContain(Double.NaN);
    double norm = Math.hypot(gradient[2], gradient[3]);
    assertThat(norm).isEqualTo(PROJECTION * far[0] * Math.exp(-70), within(1e-4 * norm));
    assertThat(gradient[2] / norm).isEqualTo(-0.6, within(1e-5));
    assertThat(gradient[3] / norm).isEqualTo(0.8, within(1e-5));
    // what float32 cannot hold rests at 0
    assertThat(Arrays.copyOfRange(gradient, 4, 8)).containsOnly(0);
  }

  @Test
  void sharesThatFloat32CannotHoldHaveADirectionInFloat64() {
    VampPrior precise = uninitialized(2, 2, Weights.EQUAL);
    precise.block().orElseThrow().initialize(manager, DataType.FLOAT64);
    NDArray points = parameter(precise, "pseudo_inputs");
    manager.create(new double[] {0, 0, 12, -16}, new Shape(2, 2)).copyTo(points);
    NDArray z = manager.zeros(new Shape(1, 2), DataType.FLOAT64);

    double[][] gradients =
        GradientCheck.verifyCollectionIsHarmless(
            List.of(points), () -> training(precise, IDENTITY).logProb(z));

    double share = PROJECTION * Math.exp(-200);
    assertThat(gradients[0][2]).isEqualTo(-12 * share, within(1e-6 * 12 * share));
    assertThat(gradients[0][3]).isEqualTo(16 * share, within(1e-6 * 16 * share));
  }

  @Test
  void componentsMayBeGaussiansOfAnyCovarianceAndOfLowRank() {
    Function<NDArray, Density> full = x -> FullCovarianceGaussian.of(x, x, x.get(":, :1"));
    Function<NDArray, Density> low = x -> new LowRankGaussian(x, x, x.expandDims(2));
    for (Function<NDArray, Density> encoder : List.of(full, low)) {
      VampPrior prior = uninitialized(3, 2, Weights.LEARNED);
      prior.block().orElseThrow().initialize(manager, DataType.FLOAT64);
      NDArray points = parameter(prior, "pseudo_inputs");
      manager.randomNormal(0, 0.8f, points.getShape(), DataType.FLOAT64).copyTo(points);
      NDArray logits = parameter(prior, "logits");
      manager.create(new double[] {0.4, -0.2, 0.1}).copyTo(logits);
      NDArray z = manager.randomNormal(new Shape(4, 2), DataType.FLOAT64);

      GradientCheck.verify(List.of(points, logits, z), () -> training(prior, encoder).logProb(z));

      Density mixture = training(prior, encoder);
      NDArray each = encoder.apply(points).logProb(z.expandDims(1)).exp();
      double[] weights = normalised(Math.exp(0.4), Math.exp(-0.2), Math.exp(0.1));
      for (int n = 0; n < 4; n++) {
        double expected = 0;
        for (int k = 0; k < 3; k++) {
          expected += weights[k] * each.getDouble(n, k);
        }
        assertThat(mixture.logProb(z).getDouble(n)).isEqualTo(Math.log(expected), within(1e-9));
      }
      assertThat(mixture.sample(new Shape(6)).getShape()).isEqualTo(new Shape(6, 2));
    }
  }

  private Density density(VampPrior prior) {
    return prior.distribution(Encoders.context(Pass.inference(manager), IDENTITY));
  }

  private Density training(VampPrior prior, Function<NDArray, Density> encoder) {
    return prior.distribution(Encoders.context(Pass.training(manager), encoder));
  }

  private VampPrior prior(int components, int size, Weights weights) {
    VampPrior prior = uninitialized(components, size, weights);
    prior.initialize(new FixedStart(manager, size));
    return prior;
  }

  private static VampPrior uninitialized(int components, int size, Weights weights) {
    VampPriorSettings settings =
        new VampPriorSettings(components, Init.NORMAL, 0, 1, 0, GradientRule.ROWS, weights);
    DataDescription data = DataDescription.of(new DataShape(1, 1, size), ValueKinds.REAL);
    return new VampPrior(settings, ModelShape.of(data, size));
  }

  private static NDArray parameter(VampPrior prior, String name) {
    return prior.block().orElseThrow().getParameters().get(name).getArray();
  }

  private void set(VampPrior prior, String name, double... values) {
    NDArray parameter = parameter(prior, name);
    manager
        .create(values)
        .toType(DataType.FLOAT32, false)
        .reshape(parameter.getShape())
        .copyTo(parameter);
  }

  private static double[] normalised(double... values) {
    double sum = Arrays.stream(values).sum();
    return Arrays.stream(values).map(value -> value / sum).toArray();
  }
}
