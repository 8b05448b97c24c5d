package org.largevae.priors.reweighted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
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
import org.largevae.api.component.GradientRule;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Normaliser;

/** By quadrature for p = N(0, 1), a(z) = sigmoid(2 z - 1), which a network can nearly be. */
class LarsPriorTest {
  /** E a(z), by quadrature. */
  private static final double Z = 0.352273561;

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

  @Test
  void theNormaliserIsThatOfQuadrature() {
    Normaliser found = example(100, 0, 1_000_000).inference().normaliser().orElseThrow();

    assertThat(PriorBench.expectation(LarsPriorTest::acceptance)).isEqualTo(Z, within(1e-8));
    assertThat(found.standardError()).isBetween(1e-4, 1.5e-3);
    assertThat(found.log()).isEqualTo(Math.log(Z), within(4 * found.standardError()));
    assertThat(found.upper()).isGreaterThan(Math.log(Z));
    assertThat(found.margin()).isLessThan(4e-3);
  }

  /** The published formula, and the means of RESEARCH by quadrature. */
  @ParameterizedTest
  @CsvSource({"5, 0.657258987", "100, 0.797665520"})
  void momentsAreThoseOfQuadrature(int truncation, double mean) {
    // a training pass takes the running normaliser, here the true one, nearly as it is
    Density exact = example(truncation, 0.9999, 100).set("normaliser", (float) Z).training();
    PriorBench bench = example(truncation, 0, 1_000_000);
    Density estimated = bench.inference();
    double margin = estimated.normaliser().orElseThrow().margin();

    assertThat(bench.integral(exact, z -> 1)).isEqualTo(1, within(1e-4));
    assertThat(bench.integral(exact, z -> z)).isEqualTo(mean, within(1e-4));
    assertThat(bench.integral(estimated, z -> 1)).isEqualTo(1, within(margin));
    assertThat((double) estimated.mean().getFloat(0)).isEqualTo(mean, within(5e-3));
    float[] draws = estimated.sample(new Shape(100_000)).toFloatArray();
    double average = average(draws);
    assertThat(average).isEqualTo(mean, within(4.5 / Math.sqrt(draws.length)));
    double second = bench.integral(exact, z -> z * z);
    double squares = 0;
    for (float draw : draws) {
      squares += draw * draw / (double) draws.length;
    }
    assertThat(squares).isEqualTo(second, within(4.5 * 2 / Math.sqrt(draws.length)));
  }

  @Test
  void itStartsAtTheStandardNormalDistribution() {
    PriorBench bench = PriorBench.of(manager, new LarsPrior(PriorBench.shape(7)));
    NDArray z = manager.randomNormal(new Shape(50, 7));
    float[] standard = DiagonalGaussian.standard(manager, 7).logProb(z).toFloatArray();

    for (Density density : List.of(bench.inference(), bench.training())) {
      float[] found = density.logProb(z).toType(DataType.FLOAT32, false).toFloatArray();
      assertThat(found).containsExactly(standard, within(4e-6f));
    }
    Normaliser normaliser = bench.inference().normaliser().orElseThrow();
    assertThat(normaliser.log()).isEqualTo(Math.log(0.5), within(1e-7));
    assertThat(normaliser.standardError()).isZero();
    assertThat(normaliser.margin()).isBetween(0.0, 1e-4);
    assertThat(bench.training().normaliser()).isEmpty();
  }

  @Test
  void whereNextToNothingIsAcceptedTheTruncationMakesItTheStandardNormal() {
    PriorBench bench = example(100, 0, 250_000).linear(new float[] {0}, -900);
    Density density = bench.inference();

    assertThat(bench.integral(density, z -> 1)).isEqualTo(1, within(1e-4));
    assertThat(density.normaliser().orElseThrow().margin()).isLessThan(0.01);
    assertThat(density.mean().getFloat(0)).isZero();
    assertThat(average(density.sample(new Shape(10_000)).toFloatArray()))
        .isEqualTo(0, within(0.05));
  }

  /** The value comes from the running mean, the gradient from the draws of the step. */
  @Test
  void trainingFollowsTheRunningNormaliser() {
    int draws = 64;
    PriorBench bench =
        PriorBench.of(
            manager,
            new LarsPrior(new LarsSettings(List.of(1), 10, draws, 0.9, 100), PriorBench.shape(1)));
    bench.linear(new float[] {2}, -1).set("normaliser", 0.4f);
    Engine.getInstance().setRandomSeed(8);
    float[] proposals = manager.randomNormal(new Shape(draws, 1)).toFloatArray();
    double estimate = 0;
    double slope = 0;
    for (float z : proposals) {
      estimate += acceptance(z) / draws;
      slope += acceptance(z) * (1 - acceptance(z)) / draws;
    }
    double average = 0.9 * 0.4 + 0.1 * estimate;
    NDArray bias = bench.parameter("bias2").getArray();
    bias.setRequiresGradient(true);
    double value;
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      Engine.getInstance().setRandomSeed(8);
      NDArray logProb = bench.training().logProb(manager.create(new float[] {0.3f}));
      value = logProb.toType(DataType.FLOAT64, false).getDouble();
      collector.backward(logProb);
    }

    assertThat((double) bench.parameter("normaliser").getArray().getFloat(0))
        .isEqualTo(average, within(1e-6));
    double a = acceptance(0.3f);
    assertThat(value).isEqualTo(logProb(0.3f, a, average), within(1e-5));
    double step = 1e-6;
    double byAcceptance =
        (logProb(0.3f, a + step, average) - logProb(0.3f, a - step, average)) / (2 * step);
    double byNormaliser =
        (logProb(0.3f, a, average + step) - logProb(0.3f, a, average - step)) / (2 * step);
    assertThat((double) bias.getGradient().getFloat(0))
        .isEqualTo(byAcceptance * a * (1 - a) + byNormaliser * slope, within(1e-4));
  }

  /** Ten tries. */
  private static double logProb(double z, double acceptance, double normaliser) {
    double alpha = Math.pow(1 - normaliser, 9);
    return -z * z / 2
        - Math.log(2 * Math.PI) / 2
        + Math.log(acceptance * (1 - alpha) / normaliser + alpha);
  }

  @Test
  void itsNetworkKeepsItsGradientsAsTheyAre() {
    assertThat(example(5, 0, 100).prior().gradientRule("weight1")).isEqualTo(GradientRule.PLAIN);
  }

  private PriorBench example(int truncation, double decay, int samples) {
    LarsSettings settings = new LarsSettings(List.of(1), truncation, 1024, decay, samples);
    return PriorBench.of(manager, new LarsPrior(settings, PriorBench.shape(1)))
        .linear(new float[] {2}, -1);
  }

  private static double acceptance(double z) {
    return 1 / (1 + Math.exp(1 - 2 * z));
  }

  private static double average(float[] values) {
    double[] exact = new double[values.length];
    Arrays.setAll(exact, i -> values[i]);
    return Arrays.stream(exact).average().orElseThrow();
  }
}
