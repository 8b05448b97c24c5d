package org.largevae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.tensor.ShapeException;
import org.largevae.priors.VampPriorSettings.Init;
import org.largevae.testkit.GradientCheck;

/** The density and its gradients; VampPriorSampleTest and VampPriorStartTest hold the rest. */
class VampPriorTest {
  private static final ModelShape TABLE =
      ModelShape.of(
          DataDescription.of(
              List.of(
                  new Column("member", ValueKinds.BINARY),
                  new Column("height", ValueKinds.REAL),
                  new Column("colour", ValueKinds.category(3)),
                  new Column("visits", ValueKinds.COUNT))),
          1);

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

  @ParameterizedTest
  @MethodSource("references")
  void logDensitiesMatchTheReference(Map.Entry<ReferenceValues.Case, double[]> reference) {
    ReferenceValues.Arrays arrays = reference.getKey().draw(manager);

    NDArray logProb = mixture(arrays.means(), arrays.logVariances()).logProb(arrays.latents());

    assertThat(logProb.getShape()).isEqualTo(new Shape(ReferenceValues.ROWS));
    double[] values = logProb.toType(DataType.FLOAT64, false).toDoubleArray();
    for (int n = 0; n < ReferenceValues.ROWS; n++) {
      double expected = reference.getValue()[n];
      assertThat(values[n]).isEqualTo(expected, within(1e-5 * Math.abs(expected)));
    }
  }

  static Set<Map.Entry<ReferenceValues.Case, double[]>> references() {
    return ReferenceValues.of("vampprior").entrySet();
  }

  @Test
  void onePseudoInputGivesItsPosterior() {
    NDArray mean = manager.randomUniform(-4, 4, new Shape(1, 40));
    NDArray logVariance = manager.randomUniform(-6, 2, new Shape(1, 40));
    NDArray z = manager.randomUniform(-4, 4, new Shape(6, 40));

    double[] logProb = doubles(mixture(mean, logVariance).logProb(z));

    assertRelativelyEqual(logProb, posterior(mean, logVariance, z));
  }

  @Test
  void equalPseudoInputsGiveTheirPosterior() {
    NDArray mean = manager.randomUniform(-4, 4, new Shape(1, 40));
    NDArray logVariance = manager.randomUniform(-6, 2, new Shape(1, 40));
    NDArray z = manager.randomUniform(-4, 4, new Shape(6, 40));

    double[] logProb = doubles(mixture(mean.repeat(0, 7), logVariance.repeat(0, 7)).logProb(z));

    assertRelativelyEqual(logProb, posterior(mean, logVariance, z));
  }

  @Test
  void densityIntegratesToOneInOneDimension() {
    NDArray means = manager.randomUniform(-4, 4, new Shape(7, 1));
    NDArray logVariances = manager.create(new float[] {-6, -5, -3, -1, 0, 1, 2}, new Shape(7, 1));
    // ten of the largest standard deviations about the means, a tenth of the smallest apart
    double step = 0.005;
    NDArray grid = grid(-32, 32, step).reshape(-1, 1);

    double integral = mixture(means, logVariances).logProb(grid).exp().sum().getDouble() * step;

    assertThat(integral).isEqualTo(1, within(1e-6));
  }

  @Test
  void densityIntegratesToOneInTwoDimensions() {
    NDArray means = manager.randomUniform(-4, 4, new Shape(7, 2));
    NDArray logVariances = manager.randomUniform(-2, 1, new Shape(7, 2));
    double step = 0.1;
    NDArray axis = grid(-21, 21, step);
    int n = (int) axis.size();
    NDArray rows = axis.reshape(n, 1).broadcast(n, n).reshape(-1, 1);
    NDArray columns = axis.reshape(1, n).broadcast(n, n).reshape(-1, 1);

    NDArray density = mixture(means, logVariances).logProb(rows.concat(columns, 1)).exp();

    assertThat(density.sum().getDouble() * step * step).isEqualTo(1, within(1e-6));
  }

  @Test
  void gradientsMatchFiniteDifferencesAlsoAfterACollection() {
    VampPrior prior = prior(4, 3, 2, ValueKinds.REAL);
    prior.block().orElseThrow().initialize(manager, DataType.FLOAT64);
    NDArray pseudoInputs = parameter(prior);
    NDArray meanWeights = manager.randomNormal(new Shape(3, 2), DataType.FLOAT64);
    NDArray logVarianceWeights = manager.randomNormal(new Shape(3, 2), DataType.FLOAT64);
    NDArray z = manager.randomNormal(new Shape(5, 2), DataType.FLOAT64);
    Function<NDArray, Density> encoder = new Encoders.Linear(meanWeights, logVarianceWeights);

    GradientCheck.verify(
        List.of(z, pseudoInputs, meanWeights, logVarianceWeights),
        () -> training(prior, encoder).logProb(z));
  }

  @Test
  void pseudoInputsBeyondABoundHaveNoGradient() {
    VampPrior prior = prior(2, 2, 1, ValueKinds.BINARY);
    prior.block().orElseThrow().initialize(manager, DataType.FLOAT64);
    NDArray pseudoInputs = parameter(prior);
    manager.create(new double[] {-0.3, 0.2, 0.7, 1.4}, new Shape(2, 2)).copyTo(pseudoInputs);
    NDArray z = manager.create(new double[] {0.3, -1}, new Shape(2, 1));
    NDArray weights = manager.create(new double[] {0.8, -1.1}, new Shape(2, 1));
    Function<NDArray, Density> encoder = new Encoders.Linear(weights, weights);

    GradientCheck.verify(List.of(z, pseudoInputs), () -> training(prior, encoder).logProb(z));

    double[] gradient = pseudoInputs.getGradient().toDoubleArray();
    assertThat(gradient[0]).isZero();
    assertThat(gradient[1]).isNotZero();
    assertThat(gradient[2]).isNotZero();
    assertThat(gradient[3]).isZero();
  }

  @Test
  void float32GradientsSurviveACollection() {
    VampPrior prior = prior(50, 6, 4, ValueKinds.GREY_LEVEL);
    prior.initialize(new FixedStart(manager, 6));
    NDArray z = manager.randomNormal(new Shape(10, 4));
    Function<NDArray, Density> encoder =
        new Encoders.Linear(
            manager.randomNormal(new Shape(6, 4)), manager.randomNormal(new Shape(6, 4)));

    double[][] gradients =
        GradientCheck.verifyCollectionIsHarmless(
            List.of(z, parameter(prior)), () -> training(prior, encoder).logProb(z));

    assertThat(gradients[0]).doesNotContain(0, Double.NaN);
    assertThat(gradients[1]).doesNotContain(0, Double.NaN);
  }

  @Test
  void pseudoInputsAreEncodedOnceAPass() {
    Encoders.Table encoder =
        new Encoders.Table(manager.zeros(new Shape(3, 2)), manager.zeros(new Shape(3, 2)));
    VampPrior prior = prior(3, 1, 2, ValueKinds.REAL);
    prior.initialize(new FixedStart(manager, 1));

    Density distribution = prior.distribution(Encoders.context(Pass.inference(manager), encoder));
    distribution.logProb(manager.zeros(new Shape(4, 2)));
    distribution.logProb(manager.zeros(new Shape(5, 2)));
    distribution.sample(new Shape(6));

    assertThat(encoder.runs()).isEqualTo(1);
  }

  static List<ValueKind> kinds() {
    return List.of(ValueKinds.REAL, ValueKinds.BINARY, ValueKinds.GREY_LEVEL);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void pseudoInputsAreKeptWithinTheData(ValueKind kind) {
    VampPrior prior = prior(2, 2, 1, kind);
    prior.initialize(new FixedStart(manager, 2));
    float[] stored = {-0.5f, 0.25f, 1, 7};
    manager.create(stored, new Shape(2, 2)).copyTo(parameter(prior));

    NDArray used = prior.pseudoInputs(Pass.inference(manager)).orElseThrow();

    assertThat(used.getShape()).isEqualTo(new Shape(2, 2));
    assertThat(used.toFloatArray())
        .containsExactly(kind == ValueKinds.REAL ? stored : new float[] {0, 0.25f, 1, 1});
    assertThat(parameter(prior).toFloatArray()).containsExactly(stored);
  }

  @Test
  void everyColumnOfATableIsKeptWithinItsOwnBounds() {
    VampPrior prior = prior(2, TABLE, GradientRule.OPTIMIZER);
    prior.initialize(new FixedStart(manager, 4));
    float[] stored = {-2, -3, -4, -5, 2, 3, 4, 5};
    manager.create(stored, new Shape(2, 4)).copyTo(parameter(prior));

    NDArray used = prior.pseudoInputs(Pass.inference(manager)).orElseThrow();

    assertThat(used.toFloatArray()).containsExactly(0, -3, 0, 0, 1, 3, 2, 5);
  }

  @Test
  void gradientsOfColumnsEndAtTheirOwnBounds() {
    VampPrior prior = prior(2, TABLE, GradientRule.OPTIMIZER);
    prior.block().orElseThrow().initialize(manager, DataType.FLOAT64);
    NDArray pseudoInputs = parameter(prior);
    double[] start = {-0.3, -7, 1.5, 0.2, 0.7, 7, 2.4, -0.1};
    manager.create(start, new Shape(2, 4)).copyTo(pseudoInputs);
    NDArray weights = manager.create(new double[] {0.8, -0.1, 0.4, -0.7}, new Shape(4, 1));
    NDArray z = manager.create(new double[] {0.3, -1}, new Shape(2, 1));
    Function<NDArray, Density> encoder = new Encoders.Linear(weights, weights);

    GradientCheck.verify(List.of(z, pseudoInputs), () -> training(prior, encoder).logProb(z));

    double[] gradient = pseudoInputs.getGradient().toDoubleArray();
    for (int i = 0; i < gradient.length; i++) {
      boolean beyond = i == 0 || i == 6 || i == 7;
      assertThat(gradient[i] == 0)
          .as("gradient %s of pseudo-input %s", i, start[i])
          .isEqualTo(beyond);
    }
  }

  @Test
  void aValueAtABoundOfItsColumnKeepsItsGradient() {
    VampPrior prior = prior(1, TABLE, GradientRule.OPTIMIZER);
    prior.initialize(new FixedStart(manager, 4));
    manager.create(new float[] {1, 1, 2, 0}, new Shape(1, 4)).copyTo(parameter(prior));
    NDArray ones = manager.ones(new Shape(4, 1));
    NDArray z = manager.create(new float[] {5}, new Shape(1, 1));

    double[][] gradients =
        GradientCheck.verifyCollectionIsHarmless(
            List.of(parameter(prior)),
            () -> training(prior, new Encoders.Linear(ones, ones.sub(1))).logProb(z));

    // the density depends on their sum, and a height has no bound
    assertThat(gradients[0]).doesNotContain(0).containsOnly(gradients[0][1]);
  }

  @Test
  void gradientsAreNormalisedRowByRowWhereAskedFor() {
    assertThat(prior(2, TABLE, GradientRule.ROWS).gradientRule("pseudo_inputs"))
        .isEqualTo(GradientRule.ROWS);
    assertThat(new VampPrior(TABLE, 2).gradientRule("pseudo_inputs"))
        .isEqualTo(GradientRule.OPTIMIZER);
  }

  @Test
  void theEncoderSeesTheConstrainedPseudoInputs() {
    VampPrior prior = prior(1, 1, 1, ValueKinds.BINARY);
    prior.initialize(new FixedStart(manager, 1));
    manager.create(new float[] {3}, new Shape(1, 1)).copyTo(parameter(prior));
    NDArray one = manager.ones(new Shape(1, 1));
    // mean = u, log sigma^2 = 0
    Function<NDArray, Density> encoder = new Encoders.Linear(one, manager.zeros(new Shape(1, 1)));

    double logProb =
        prior
            .distribution(Encoders.context(Pass.inference(manager), encoder))
            .logProb(one)
            .toDoubleArray()[0];

    assertThat(logProb).isEqualTo(-0.5 * Math.log(2 * Math.PI), within(1e-12));
  }

  @Test
  void latentsOfAnotherSizeAreRefused() {
    Density mixture = mixture(manager.zeros(new Shape(3, 2)), manager.zeros(new Shape(3, 2)));

    assertThatThrownBy(() -> mixture.logProb(manager.zeros(new Shape(4, 5))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("values of shape (4, 5) must have the shape (..., 2)");
  }

  private Density mixture(NDArray means, NDArray logVariances) {
    int components = (int) means.getShape().get(0);
    VampPrior prior = prior(components, 1, (int) means.getShape().get(1), ValueKinds.REAL);
    prior.initialize(new FixedStart(manager, 1));
    return prior.distribution(
        Encoders.context(Pass.inference(manager), new Encoders.Table(means, logVariances)));
  }

  private Density training(VampPrior prior, Function<NDArray, Density> encoder) {
    return prior.distribution(Encoders.context(Pass.training(manager), encoder));
  }

  private static VampPrior prior(int components, int dimensions, int latentSize, ValueKind kind) {
    return prior(
        components,
        ModelShape.of(DataDescription.of(new DataShape(1, 1, dimensions), kind), latentSize),
        GradientRule.OPTIMIZER);
  }

  private static VampPrior prior(int components, ModelShape shape, GradientRule gradient) {
    return new VampPrior(
        new VampPriorSettings(components, Init.NORMAL, 0.5, 0.1, 0.01, gradient), shape);
  }

  private static NDArray parameter(VampPrior prior) {
    return prior.block().orElseThrow().getParameters().get("pseudo_inputs").getArray();
  }

  private static double[] posterior(NDArray mean, NDArray logVariance, NDArray z) {
    long rows = z.getShape().get(0);
    return doubles(
        new DiagonalGaussian(mean.repeat(0, rows), logVariance.repeat(0, rows)).logProb(z));
  }

  private static void assertRelativelyEqual(double[] actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isEqualTo(expected[i], within(1e-5 * Math.abs(expected[i])));
    }
  }

  private NDArray grid(double lowest, double highest, double step) {
    double[] points = new double[(int) Math.round((highest - lowest) / step) + 1];
    for (int i = 0; i < points.length; i++) {
      points[i] = lowest + i * step;
    }
    return manager.create(points);
  }

  private static double[] doubles(NDArray array) {
    return array.toType(DataType.FLOAT64, false).toDoubleArray();
  }
}
