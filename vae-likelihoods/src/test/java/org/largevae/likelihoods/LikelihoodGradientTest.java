package org.largevae.likelihoods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.Likelihood;

class LikelihoodGradientTest {
  private static final Shape EXAMPLES = new Shape(2, 6);
  private static final Shape PARAMETERS = new Shape(3, 2, 6);

  /** A likelihood, x, and the parameter arrays; the values reach into every branch and clamp. */
  record Case(String name, Likelihood likelihood, double[] x, double[][] parameters) {
    @Override
    public String toString() {
      return name;
    }
  }

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  static List<Case> cases() {
    double[] pixels = pixelValues(0, 1, 77, 128, 254, 255, 255, 0, 128, 3, 200, 90);
    double[] binary = {0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1};
    double[] counts = {0, 1, 20, 3, 0, 300, 2, 0, 7, 1, 40_000, 5};
    double[] levels = {0, 1, 2, 2, 0, 1, 1, 2, 0, 2, 1, 0};
    double[] locations = grid(-7, 7);
    double[] logScales = grid(-5, 0.4);
    // locations near -7 beside bright pixels at narrow scales are some 80 s off
    double[][] logistic = {locations, shuffled(logScales)};
    DataDescription greyLevels = Decoded.data(6, ValueKinds.GREY_LEVEL);
    return List.of(
        new Case(
            "bernoulli",
            new Bernoulli(Decoded.data(6, ValueKinds.BINARY)),
            binary,
            new double[][] {grid(-30, 30)}),
        new Case(
            "discretized-logistic, folded", new DiscretizedLogistic(greyLevels), pixels, logistic),
        new Case(
            "discretized-logistic, folded, widest clamps",
            new DiscretizedLogistic(
                new DiscretizedLogisticSettings(Tails.FOLDED, -10, 2), greyLevels),
            pixels,
            new double[][] {locations, shuffled(grid(-11, 3))}),
        new Case(
            "discretized-logistic, paper",
            new DiscretizedLogistic(
                new DiscretizedLogisticSettings(Tails.PAPER, -4.5, 0), greyLevels),
            pixels,
            logistic),
        new Case(
            "gaussian",
            new Gaussian(Decoded.data(6, ValueKinds.REAL)),
            pixels,
            new double[][] {grid(-2, 3), shuffled(grid(-7, 3))}),
        new Case(
            "continuous-bernoulli",
            new ContinuousBernoulli(greyLevels),
            pixels,
            new double[][] {grid(-3, 3)}),
        new Case(
            "continuous-bernoulli near 1/2",
            new ContinuousBernoulli(greyLevels),
            pixels,
            new double[][] {grid(-0.05, 0.05)}),
        new Case(
            "laplace",
            new Laplace(Decoded.data(6, ValueKinds.REAL)),
            pixels,
            new double[][] {grid(-2, 3), shuffled(grid(-4, 2))}),
        new Case(
            "student-t",
            new StudentT(Decoded.data(6, ValueKinds.REAL)),
            pixels,
            new double[][] {grid(-2, 3), shuffled(grid(-4, 2)), grid(-9, 40)}),
        new Case(
            "log-normal",
            new LogNormal(Decoded.data(6, ValueKinds.POSITIVE)),
            pixels,
            new double[][] {grid(-2, 3), shuffled(grid(-7, 3))}),
        new Case(
            "poisson",
            new Poisson(Decoded.data(6, ValueKinds.COUNT)),
            counts,
            new double[][] {grid(-3, 6)}),
        new Case(
            "negative-binomial",
            new NegativeBinomial(Decoded.data(6, ValueKinds.COUNT)),
            counts,
            new double[][] {grid(-3, 6), shuffled(grid(-4, 9))}),
        new Case(
            "zero-inflated-negative-binomial",
            new ZeroInflatedNegativeBinomial(Decoded.data(6, ValueKinds.COUNT)),
            counts,
            new double[][] {grid(-3, 6), shuffled(grid(-4, 9)), grid(9, -9)}),
        new Case(
            "multinomial",
            new Multinomial(Decoded.data(6, ValueKinds.COUNT)),
            counts,
            new double[][] {grid(-4, 4)}),
        new Case(
            "categorical",
            new Categorical(Decoded.data(6, ValueKinds.category(3))),
            levels,
            new double[][] {grid(-4, 4), shuffled(grid(-3, 3)), grid(2, -1)}),
        new Case(
            "ordinal",
            new OrderedLogit(Decoded.data(6, ValueKinds.ordinal(4))),
            levels,
            new double[][] {grid(-6, 6), shuffled(grid(-3, 3)), grid(2, -4)}),
        new Case(
            "logistic-mixture",
            new LogisticMixture(new LogisticMixtureSettings(2, -7, 0), greyLevels),
            pixels,
            new double[][] {
              grid(-2, 2),
              grid(3, -3),
              locations,
              shuffled(locations),
              shuffled(grid(-6, 3)),
              grid(-5.5, -1)
            }));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAgreeWithCentralDifferences(Case given) {
    List<double[]> gradients = gradients(given, false, () -> {});
    double step = 1e-6;
    for (int p = 0; p < given.parameters().length; p++) {
      for (int i = 0; i < PARAMETERS.size(); i++) {
        double after = value(given, p, i, step);
        double difference = (after - value(given, p, i, -step)) / (2 * step);
        double rounding = 4 * Math.ulp(after) / step;
        double found = gradients.get(p)[i];
        assertThat(found)
            .as("gradient of parameter %d at %d", p, i)
            .isCloseTo(difference, offset(1e-6 * (1 + Math.abs(difference)) + rounding));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsSurviveAGarbageCollectionBeforeBackward(Case given) {
    List<double[]> expected = gradients(given, true, () -> {});
    List<double[]> found = gradients(given, true, LikelihoodGradientTest::collectGarbage);
    for (int p = 0; p < expected.size(); p++) {
      assertThat(found.get(p)).containsExactly(expected.get(p));
    }
  }

  /** Gradients of sum_sb (s b + 1) log p(x_b | parameters_sb). */
  private List<double[]> gradients(Case given, boolean single, Runnable beforeBackward) {
    NDList parameters = new NDList();
    for (double[] values : given.parameters()) {
      NDArray parameter = array(values, PARAMETERS, single);
      parameter.setRequiresGradient(true);
      parameters.add(parameter);
    }
    try (NDScope scope = new NDScope();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      scope.suppressNotUsedWarning();
      NDArray loss = loss(given, parameters, single);
      beforeBackward.run();
      collector.backward(loss);
    }
    return parameters.stream().map(p -> doubles(p.getGradient())).toList();
  }

  private double value(Case given, int parameter, int index, double step) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDList parameters = new NDList();
      for (int p = 0; p < given.parameters().length; p++) {
        double[] values = given.parameters()[p].clone();
        values[index] += p == parameter ? step : 0;
        parameters.add(array(values, PARAMETERS, false));
      }
      return loss(given, parameters, false).getDouble();
    }
  }

  private NDArray loss(Case given, NDList parameters, boolean single) {
    NDArray x = array(given.x(), EXAMPLES, single);
    NDArray weights = array(new double[] {1, 1, 1, 2, 1, 3}, new Shape(3, 2), single);
    Pass pass = Pass.training(manager);
    NDArray output = Decoded.output(parameters.toArray(new NDArray[0]));
    return given.likelihood().of(output, pass).logProb(x).mul(weights).sum();
  }

  private NDArray array(double[] values, Shape shape, boolean single) {
    if (!single) {
      return manager.create(values, shape);
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    // a copy in native memory: the Java buffer of create() is itself at the collector's mercy
    return manager.create(floats, shape).duplicate();
  }

  private static double[] doubles(NDArray array) {
    return array.toType(DataType.FLOAT64, false).toDoubleArray();
  }

  /** Frees the buffers of closed scalars, and fills the memory they had with NaN. */
  private static void collectGarbage() {
    for (int round = 0; round < 2; round++) {
      System.gc();
      List<ByteBuffer> refill = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        buffer.putFloat(0, Float.NaN).putFloat(4, Float.NaN);
        refill.add(buffer);
      }
      assertThat(refill).hasSize(20_000);
    }
  }

  private static double[] pixelValues(int... pixels) {
    double[] values = new double[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] + 0.5) / 256;
    }
    return values;
  }

  /** As many values as parameters, evenly spaced, the ends included. */
  private static double[] grid(double from, double to) {
    double[] values = new double[(int) PARAMETERS.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = from + (to - from) * i / (values.length - 1);
    }
    return values;
  }

  /** The same values in another order; 13 has no factor in common with their number. */
  private static double[] shuffled(double[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i * 13 % values.length];
    }
    return result;
  }
}
