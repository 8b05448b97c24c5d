package org.largevae.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Draw;
import org.largevae.api.distribution.Latents;
import org.largevae.api.model.Bound;
import org.largevae.api.model.Draws;
import org.largevae.api.objective.Objective;

/** What each level is charged, with three levels whose terms log q - log p are given. */
class KlBalancingTest {
  /** Of 2 draws for each of 2 examples; mean sizes 2.5, 1 and 0.49, means 2.5, 0.5 and 0.49. */
  private static final double[][] TERMS = {
    {1, 2, 3, 4}, {-0.5, 1, 2, -0.5}, {0.49, 0.49, 0.49, 0.49}
  };

  private static final double[] SHARES =
      Arrays.stream(new double[] {2.51, 1.01, 0.5}).map(size -> 3 * size / 4.02).toArray();
  private static final double RECONSTRUCTION = -7;

  private final NDManager manager = NDManager.newBaseManager();

  /** Draws of known terms. */
  private record Known(Bound bound) implements Draws {
    @Override
    public Batch batch() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Pass pass() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Latents latents() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Bound boundAt(Latents latents) {
      throw new UnsupportedOperationException();
    }
  }

  /** A loss and its gradient with respect to the terms of each level, all draws together. */
  private record Charged(double loss, double kl, double[][] gradients) {

    double[] sums() {
      return Arrays.stream(gradients).mapToDouble(each -> Arrays.stream(each).sum()).toArray();
    }
  }

  private Charged charge(Objective objective, double beta, double[][] terms) {
    List<NDArray> leaves = new ArrayList<>();
    for (double[] each : terms) {
      NDArray leaf = manager.create(each, new Shape(2, 2));
      leaf.setRequiresGradient(true);
      leaves.add(leaf);
    }
    DiagonalGaussian gaussian = DiagonalGaussian.standard(manager, 1);
    double loss;
    double kl;
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      List<Bound.Level> levels =
          leaves.stream()
              .map(
                  leaf ->
                      new Bound.Level(
                          new Draw(manager.zeros(new Shape(2, 2, 1)), leaf),
                          gaussian,
                          gaussian,
                          leaf.zerosLike()))
              .toList();
      NDArray reconstruction = leaves.get(0).zerosLike().add(RECONSTRUCTION);
      var found = objective.loss(new Known(new Bound(reconstruction, levels)), beta);
      loss = found.value().getDouble();
      kl = found.kl().getDouble();
      collector.backward(found.value());
    }
    double[][] gradients =
        leaves.stream().map(leaf -> leaf.getGradient().toDoubleArray()).toArray(double[][]::new);
    return new Charged(loss, kl, gradients);
  }

  @Test
  void levelsAreChargedByTheirShareWhileTheWeightIsBelowOne() {
    double beta = 0.3;
    Charged charged = charge(new KlBalancingObjective(), beta, TERMS);
    double[] means = {2.5, 0.5, 0.49};
    double expected =
        beta * IntStream.range(0, 3).mapToDouble(l -> SHARES[l] * means[l]).sum() - RECONSTRUCTION;
    assertThat(charged.loss()).isCloseTo(expected, within(1e-6));
    assertThat(charged.kl()).as("for people, unweighted").isCloseTo(3.49, within(1e-6));
    for (int level = 0; level < 3; level++) {
      double each = beta * SHARES[level] / 4;
      assertThat(charged.gradients()[level])
          .as("level %d", level)
          .containsExactly(new double[] {each, each, each, each}, within(1e-7));
    }
  }

  @Test
  void sharesAverageToOne() {
    double[] sums = charge(new KlBalancingObjective(), 0.5, TERMS).sums();
    assertThat(Arrays.stream(sums).sum() / 0.5 / 3).isCloseTo(1, within(1e-7));
  }

  @Test
  void levelOfNoDivergenceIsStillChargedALittle() {
    double[][] terms = {{5, 5, 5, 5}, {0, 0, 0, 0}};
    double[] sums = charge(new KlBalancingObjective(), 0.5, terms).sums();
    assertThat(sums[1] / sums[0]).isCloseTo(0.01 / 5.01, within(1e-7));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 2})
  void afterWarmUpItIsTheElbo(double beta) {
    Charged balanced = charge(new KlBalancingObjective(), beta, TERMS);
    Charged elbo = charge(new ElboObjective(), beta, TERMS);
    assertThat(balanced.loss()).isCloseTo(elbo.loss(), within(1e-6));
    assertThat(balanced.gradients()).isDeepEqualTo(elbo.gradients());
  }

  @Test
  void levelBelowItsFreeNatsHasNoGradientAtAll() {
    Objective balanced = new KlBalancingObjective(new KlBalancingSettings(0.495));
    Charged charged = charge(balanced, 0.3, TERMS);
    assertThat(charged.gradients()[2]).containsOnly(0);
    assertThat(charged.sums()[1]).isCloseTo(0.3 * SHARES[1], within(1e-7));
    double expected =
        0.3 * (SHARES[0] * 2.5 + SHARES[1] * 0.5 + SHARES[2] * 0.495) - RECONSTRUCTION;
    assertThat(charged.loss()).isCloseTo(expected, within(1e-6));
  }

  @Test
  void freeBitsOfLevelsLeaveNoGradientToThoseBelow() {
    FreeBitsSettings settings = new FreeBitsSettings(0.6, FreeBitsSettings.Group.LEVEL);
    Charged charged = charge(new FreeBitsObjective(settings), 1, TERMS);
    assertThat(charged.gradients()[0]).containsOnly(0.25);
    assertThat(charged.gradients()[1]).containsOnly(0);
    assertThat(charged.gradients()[2]).containsOnly(0);
    assertThat(charged.loss()).isCloseTo(2.5 + 0.6 + 0.6 - RECONSTRUCTION, within(1e-6));
  }

  @Test
  void withOneLevelItIsTheElbo() {
    try (LinearGaussianVae vae = new LinearGaussianVae(LinearGaussianVae.standard(), 0.1, 0.2)) {
      Map<String, double[]> balanced =
          vae.gradient(new KlBalancingObjective(), 0.5, 2, 50, 1, () -> {});
      Map<String, double[]> elbo = vae.gradient(new ElboObjective(), 0.5, 2, 50, 1, () -> {});
      balanced.forEach(
          (name, gradient) ->
              assertThat(gradient).as(name).containsExactly(elbo.get(name), within(1e-6)));
    }
  }

  @Test
  void freeNatsAreNotNegative() {
    KlBalancingSettings negative = new KlBalancingSettings(-1);
    assertThatThrownBy(() -> new KlBalancingObjective(negative))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nats = -1.0: must be between 0 and 1000000");
  }

  @AfterEach
  void close() {
    manager.close();
  }
}
