package org.largevae.api.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

class LeaveOneOutTest {
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

  /** Gaussians of unit variance on a line. */
  private DiagonalGaussian line(double... means) {
    NDArray array = manager.create(means).reshape(-1, 1);
    return new DiagonalGaussian(array, array.zerosLike());
  }

  private NDArray places(long... places) {
    return manager.create(places);
  }

  private static double normal(double z, double mean) {
    return Math.exp(-0.5 * (z - mean) * (z - mean)) / Math.sqrt(2 * Math.PI);
  }

  @Test
  void eachRowHasTheOthersAlone() {
    LeaveOneOut others = new LeaveOneOut(line(-1, 0.5, 2), places(0, 2, -1));
    NDArray z = manager.create(new double[] {0.3, -0.4, 1.1, 0, 2, -3}, new Shape(2, 3, 1));

    double[] found = others.logProb(z).toDoubleArray();

    double[] values = z.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      double first = i % 3 == 0 ? 0 : normal(values[i], -1);
      double third = i % 3 == 1 ? 0 : normal(values[i], 2);
      double sum = first + normal(values[i], 0.5) + third;
      double expected = Math.log(sum / (i % 3 == 2 ? 3 : 2));
      assertThat(found[i]).as("value %d", i).isEqualTo(expected, within(1e-12));
    }
  }

  @Test
  void ofTwoTheOtherIsLeft() {
    LeaveOneOut other = new LeaveOneOut(line(-40, 40), places(0, 1));

    // each at its own component, where that of the other is far too small for a float
    double[] found =
        other.logProb(manager.create(new double[] {-40, 40}, new Shape(2, 1))).toDoubleArray();

    double expected = -0.5 * (80 * 80 + Math.log(2 * Math.PI));
    assertThat(found).containsExactly(new double[] {expected, expected}, within(1e-9));
  }

  @Test
  void densityIntegratesToOne() {
    LeaveOneOut others = new LeaveOneOut(line(-1, 0.5, 2), places(1, -1));
    double step = 0.01;
    NDArray grid = Tensors.multiply(manager.arange(-1500f, 1500f, 1f), step).reshape(-1, 1, 1);

    NDArray densities = others.logProb(grid).exp();
    double[] mass = Tensors.toDoubles(Tensors.multiply(densities.sum(new int[] {0}), step));

    assertThat(mass).containsExactly(new double[] {1, 1}, within(1e-6));
  }

  @Test
  void drawsComeFromTheOthersAloneAndHaveTheirMean() {
    LeaveOneOut others = new LeaveOneOut(line(-100, 0, 100, 300), places(3, 0, -1));
    int count = 4000;

    double[] draws = others.sample(new Shape(count)).toDoubleArray();

    int[][] chosen = new int[3][4];
    for (int i = 0; i < draws.length; i++) {
      chosen[i % 3][draws[i] > 200 ? 3 : (int) Math.round(draws[i] / 100) + 1]++;
    }
    // five standard errors of a share of a third or a quarter
    double error = 5 * Math.sqrt(count * 2 / 9.0);
    for (int component = 0; component < 4; component++) {
      assertThat(chosen[0][component])
          .isCloseTo(component == 3 ? 0 : count / 3, within((int) error));
      assertThat(chosen[1][component])
          .isCloseTo(component == 0 ? 0 : count / 3, within((int) error));
      assertThat(chosen[2][component]).isCloseTo(count / 4, within((int) error));
    }
    assertThat(chosen[0][3]).isZero();
    assertThat(chosen[1][0]).isZero();
    assertThat(others.mean().toDoubleArray())
        .containsExactly(new double[] {0, 400 / 3.0, 75}, within(1e-9));
  }

  @Test
  void drawsTakeEachRowsOwnRandomNumbers() {
    LeaveOneOut others = new LeaveOneOut(line(-100, 0, 100, 300), places(3, 0, -1));
    double[] together = others.sample(new Shape(), Noise.ofExamples(7, 8, 9)).toDoubleArray();

    double[] alone =
        others.select(places(1)).sample(new Shape(), Noise.ofExamples(8)).toDoubleArray();

    assertThat(alone).containsExactly(together[1]);
  }

  @Test
  void noGradientReachesWhatIsLeftOut() {
    NDArray means = manager.create(new double[] {-1, 0.5, 2}, new Shape(3, 1));
    means.setRequiresGradient(true);
    NDArray z = manager.create(new double[] {-1}, new Shape(1, 1));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      DiagonalGaussian components = new DiagonalGaussian(means, means.zerosLike());
      collector.backward(new LeaveOneOut(components, places(0)).logProb(z).sum());
    }
    double near = normal(-1, 0.5);
    double far = normal(-1, 2);
    assertThat(means.getGradient().toDoubleArray())
        .containsExactly(
            new double[] {0, -1.5 * near / (near + far), -3 * far / (near + far)}, within(1e-9));
  }

  @Test
  void oneComponentIsRefused() {
    assertThatThrownBy(() -> new LeaveOneOut(line(1), places(0)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("at least two components");
  }

  @Test
  void blocksOfComponentsGiveTheSameSumAndGradient() {
    NDArray means =
        manager.randomNormal(0, 1, new Shape(11, 3), ai.djl.ndarray.types.DataType.FLOAT64);
    NDArray value =
        manager.randomNormal(0, 1, new Shape(2, 4, 3), ai.djl.ndarray.types.DataType.FLOAT64);
    means.setRequiresGradient(true);
    value.setRequiresGradient(true);
    double[][] whole = sumAndGradients(means, value, 1 << 20);

    // blocks of 3, the last of 2
    double[][] parts = sumAndGradients(means, value, 24);

    for (int i = 0; i < whole.length; i++) {
      assertThat(parts[i]).containsExactly(whole[i], within(1e-12));
    }
  }

  private double[][] sumAndGradients(NDArray means, NDArray value, long pairsAtOnce) {
    for (NDArray leaf : new NDArray[] {means, value}) {
      leaf.getGradient().set(new ai.djl.ndarray.index.NDIndex("..."), 0);
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray sum;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        DiagonalGaussian components = new DiagonalGaussian(means, Tensors.multiply(means, 0.5));
        sum =
            ComponentBlocks.logSumExp(
                components, value, (some, from, to) -> some.logProbPairwise(value), pairsAtOnce);
        System.gc();
        collector.backward(sum.sum());
      }
      return new double[][] {
        sum.toDoubleArray(),
        means.getGradient().toDoubleArray(),
        value.getGradient().toDoubleArray()
      };
    }
  }
}
