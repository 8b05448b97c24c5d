package org.largevae.priors.reweighted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.GradientRule;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;

class SnisPriorTest {
  private static final float SLOPE = 1.5f;

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
  void aConstantEnergyIsExactlyTheStandardNormalDistribution() {
    PriorBench bench = PriorBench.of(manager, new SnisPrior(PriorBench.shape(7)));

    assertStandard(bench, 7);
    assertStandard(bench.set("bias3", 3), 7);
  }

  @Test
  void oneProposalIsTheStandardNormalDistributionWhateverTheEnergy() {
    SnisSettings settings = new SnisSettings(List.of(8), 1, 10);
    PriorBench bench = PriorBench.of(manager, new SnisPrior(settings, PriorBench.shape(2)));

    assertStandard(bench.set("weight2", 1, -2, 3, 4, 1, 2, -3, 1), 2);
    float[] draws = bench.inference().sample(new Shape(20_000)).toFloatArray();
    double squares = 0;
    for (float draw : draws) {
      squares += draw * draw / (double) draws.length;
    }
    assertThat(squares).isEqualTo(1, within(4.5 * Math.sqrt(2.0 / draws.length)));
  }

  private void assertStandard(PriorBench bench, int size) {
    NDArray z = manager.randomNormal(new Shape(50, size));
    float[] standard = DiagonalGaussian.standard(manager, size).logProb(z).toFloatArray();
    for (Density density : List.of(bench.inference(), bench.training())) {
      assertThat(density.logProb(z).toFloatArray()).containsExactly(standard, within(1e-5f));
      assertThat(density.kind()).isEqualTo(Density.Kind.LOWER_BOUND);
      assertThat(density.normaliser()).isEmpty();
    }
  }

  /** With two proposals and U(z) = -s z, p(z) = 2 N(z) E sigmoid(s (z - z')), by quadrature. */
  @Test
  void boundAndDrawsAreThoseOfQuadratureForTwoProposals() {
    PriorBench bench = pairs(5_000);
    double mean = PriorBench.expectation(z -> z * ratio(z));
    float[] draws = bench.inference().sample(new Shape(100_000)).toFloatArray();
    double average = 0;
    for (float draw : draws) {
      average += draw / (double) draws.length;
    }

    assertThat(PriorBench.expectation(SnisPriorTest::ratio)).isEqualTo(1, within(1e-6));
    for (double z : new double[] {-2, -0.5, 0, 1, 2.5}) {
      assertThat(logProb(bench.inference(), z)).isEqualTo(exact(z), within(0.04));
    }
    assertThat(bench.integral(bench.inference(), z -> 1)).isEqualTo(1, within(0.04));
    assertThat(average).isEqualTo(mean, within(4.5 / Math.sqrt(draws.length)));
    assertThat((double) bench.inference().mean().getFloat(0)).isEqualTo(mean, within(0.03));
  }

  @Test
  void theBoundRisesWithTheSetsAndStaysBelow() {
    double z = -1;
    double below = Double.NEGATIVE_INFINITY;
    for (int sets : new int[] {1, 4, 64}) {
      int times = sets == 64 ? 100 : 500;
      double mean = 0;
      double squares = 0;
      for (int seed = 0; seed < times; seed++) {
        double bound = logProb(pairs(sets, 1_000L * sets + seed), z);
        mean += bound / times;
        squares += bound * bound / times;
      }
      double error = Math.sqrt((squares - mean * mean) / times);
      assertThat(mean - 2 * error).isGreaterThan(below);
      assertThat(mean).isLessThan(exact(z) + 3 * error);
      below = mean + 2 * error;
    }
  }

  @Test
  void itsNetworkKeepsItsGradientsAsTheyAre() {
    assertThat(pairs(1).prior().gradientRule("weight1")).isEqualTo(GradientRule.PLAIN);
  }

  private PriorBench pairs(int sets) {
    SnisSettings settings = new SnisSettings(List.of(1), 2, sets);
    return PriorBench.of(manager, new SnisPrior(settings, PriorBench.shape(1)))
        .linear(new float[] {SLOPE}, 0);
  }

  /** The same with other proposals. */
  private Density pairs(int sets, long seed) {
    ScalarFunction function =
        new ScalarFunction(
            List.of(manager.create(new float[] {SLOPE}, new Shape(1, 1))),
            List.of(manager.zeros(new Shape(1))));
    return new SnisDensity(
        new FixedProposals(manager, seed, 1),
        new SnisSettings(List.of(), 2, sets),
        function,
        Optional.empty());
  }

  private double logProb(Density density, double z) {
    NDArray found = density.logProb(manager.create(new float[] {(float) z}));
    return found.toType(DataType.FLOAT64, false).getDouble();
  }

  private static double exact(double z) {
    return -z * z / 2 - Math.log(2 * Math.PI) / 2 + Math.log(ratio(z));
  }

  private static double ratio(double z) {
    return 2 * PriorBench.expectation(other -> 1 / (1 + Math.exp(-SLOPE * (z - other))));
  }
}
