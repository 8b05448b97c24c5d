package org.largevae.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.largevae.core.model.LadderTestBed.doubles;
import static org.largevae.core.model.LadderTestBed.examples;
import static org.largevae.core.model.LadderTestBed.noise;
import static org.largevae.core.model.LadderTestBed.set;
import static org.largevae.core.model.LadderTestBed.started;
import static org.largevae.core.model.LadderTestBed.top;
import static org.largevae.core.model.LadderTestBed.vamp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.Latents;
import org.largevae.api.distribution.Noise;
import org.largevae.api.model.Bound;
import org.largevae.api.model.ModelPass;
import org.largevae.api.prior.Prior;
import org.largevae.networks.ladder.LadderVae;
import org.largevae.networks.ladder.LadderVaeSettings;
import org.largevae.networks.ladder.LadderVaeSettings.PriorLevels;
import org.largevae.networks.ladder.Merge;
import org.largevae.priors.GaussianMixturePrior;
import org.largevae.priors.StandardPrior;
import org.largevae.priors.VampPrior;
import org.largevae.priors.VampPriorSettings;

/** The VampPrior over all levels of a ladder, beside sums over whole posteriors. */
class JointVampPriorTest {
  private static final LadderVaeSettings THREE =
      LadderTestBed.settings(
          List.of(2, 3, 4), List.of(4, 5, 6), Merge.PRECISION_WEIGHTED, PriorLevels.ALL);

  /** Two levels of one latent each, wide enough for a grid. */
  private static final LadderVaeSettings PLANE =
      new LadderVaeSettings(
          List.of(1, 1), List.of(4, 5), 2, Merge.PRECISION_WEIGHTED, PriorLevels.ALL, -1, 1);

  private static final double STEP = 0.1;
  private static final int SIDE = 240;

  @Test
  void onlyPseudoInputThatIsTheExampleLeavesNoDivergence() {
    try (ParameterizedModel model = started(vamp(THREE, 1), 1)) {
      NDArray x = examples(model, 1, 5);
      set(model, "prior.pseudo_inputs", x);
      Bound bound = model.begin().draw(Batch.of(x), 200, noise(1)).bound();
      assertThat(doubles(bound.kl())).containsExactly(new double[200], within(5e-5));
    }
  }

  @ParameterizedTest
  @EnumSource(VampPriorSettings.Weights.class)
  void densityIsTheWeightedSumOverWholePosteriors(VampPriorSettings.Weights weights) {
    int count = 4;
    try (ParameterizedModel model = started(ladder(THREE, count, weights), 1)) {
      set(model, "prior.pseudo_inputs", examples(model, count, 7));
      double[] mixing = {0.25, 0.25, 0.25, 0.25};
      if (weights == VampPriorSettings.Weights.LEARNED) {
        float[] logits = {0.5f, -1, 2, 0};
        set(model, "prior.logits", model.manager().create(logits));
        double sum = IntStream.range(0, count).mapToDouble(k -> Math.exp(logits[k])).sum();
        mixing = IntStream.range(0, count).mapToDouble(k -> Math.exp(logits[k]) / sum).toArray();
      }
      ModelPass pass = model.begin();
      Bound bound = pass.draw(Batch.of(examples(model, 5, 5)), 3, noise(5)).bound();
      double[] logs = logPrior(bound);
      double[] expected = logMixture(pass, bound, mixing);
      assertThat(logs).containsExactly(expected, within(2e-4));
    }
  }

  private static LadderVae ladder(
      LadderVaeSettings settings, int pseudoInputs, VampPriorSettings.Weights weights) {
    VampPriorSettings of =
        new VampPriorSettings(
            pseudoInputs,
            VampPriorSettings.Init.NORMAL,
            0.5,
            0.2,
            0.01,
            GradientRule.OPTIMIZER,
            weights,
            0);
    return LadderTestBed.ladder(settings, new VampPrior(of, top(settings)));
  }

  private static double[] logPrior(Bound bound) {
    return doubles(
        bound.levels().stream().map(Bound.Level::logPrior).reduce(NDArray::add).orElseThrow());
  }

  /** log sum_k w_k prod_l q(z_l | z above, u_k), from the posteriors of the pseudo-inputs. */
  private static double[] logMixture(ModelPass pass, Bound bound, double[] weights) {
    int count = weights.length;
    List<NDArray> latents =
        bound.levels().stream()
            .map(level -> level.draw().value())
            .map(z -> z.reshape(-1, 1, z.getShape().get(2)))
            .map(z -> z.broadcast(z.getShape().get(0), count, z.getShape().get(2)))
            .toList();
    NDArray points = pass.pseudoInputs().orElseThrow();
    Bound atPoints = pass.draw(Batch.of(points), 1).boundAt(new Latents(latents));
    double[][] logs =
        atPoints.levels().stream()
            .map(level -> doubles(level.draw().logProb()))
            .toArray(double[][]::new);
    double[] mixture = new double[logs[0].length / count];
    for (int row = 0; row < mixture.length; row++) {
      double sum = 0;
      for (int k = 0; k < count; k++) {
        double log = 0;
        for (double[] level : logs) {
          log += level[row * count + k];
        }
        sum += weights[k] * Math.exp(log);
      }
      mixture[row] = Math.log(sum);
    }
    return mixture;
  }

  /** p at the centres of the cells of a square grid, row by row of the top latent. */
  private static double[] onGrid(ParameterizedModel model) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDManager manager = model.manager();
      NDArray line = manager.create(centres());
      NDArray upper = line.reshape(SIDE, 1).broadcast(SIDE, SIDE).reshape(-1, 1, 1);
      NDArray lower = line.reshape(1, SIDE).broadcast(SIDE, SIDE).reshape(-1, 1, 1);
      Bound bound =
          model
              .begin()
              .draw(Batch.of(examples(model, 1, 5)), 1)
              .boundAt(new Latents(List.of(upper, lower)));
      return Arrays.stream(logPrior(bound)).map(Math::exp).toArray();
    }
  }

  private static float[] centres() {
    float[] centres = new float[SIDE];
    for (int i = 0; i < SIDE; i++) {
      centres[i] = (float) ((i - SIDE / 2 + 0.5) * STEP);
    }
    return centres;
  }

  /** Pseudo-inputs far from each other, so that their components are. */
  private static ParameterizedModel plane(int count) {
    ParameterizedModel model = started(vamp(PLANE, count), 4);
    set(model, "prior.pseudo_inputs", examples(model, count, 7));
    for (String heads : List.of("02", "04")) {
      NDArray weight = model.arrays().get("ladder." + heads + "recognition_01LadderHeads_weight");
      weight.addi(weight.duplicate()).addi(weight.duplicate());
    }
    NDArray down = model.arrays().get("ladder.06generation_weight");
    for (int times = 0; times < 4; times++) {
      down.addi(down.duplicate());
    }
    return model;
  }

  @Test
  void massIsOneAndDrawsAreOfTheDensity() {
    int draws = 20_000;
    int coarse = 10;
    int cells = SIDE / coarse;
    try (ParameterizedModel model = plane(3)) {
      double[] density = onGrid(model);
      double[] masses = new double[cells * cells];
      double mass = 0;
      for (int i = 0; i < density.length; i++) {
        double cell = density[i] * STEP * STEP;
        mass += cell;
        masses[i / SIDE / coarse * cells + i % SIDE / coarse] += cell;
      }
      assertThat(mass).isCloseTo(1, within(1e-4));

      Latents drawn = model.begin().sample(draws, Noise.ofExamples(seeds(draws)));
      double[] upper = doubles(drawn.levels().get(0));
      double[] lower = doubles(drawn.levels().get(1));
      int[] counts = new int[cells * cells];
      for (int i = 0; i < draws; i++) {
        counts[cell(upper[i], coarse) * cells + cell(lower[i], coarse)]++;
      }
      requireFit(masses, counts, draws);
    }
  }

  private static long[] seeds(int count) {
    return IntStream.range(0, count).mapToLong(i -> 7_000_000L + i).toArray();
  }

  private static int cell(double value, int coarse) {
    return (int) Math.floor(value / STEP / coarse) + SIDE / coarse / 2;
  }

  /** Pearson's statistic, of mean dof and variance 2 dof; rare cells count as one. */
  private static void requireFit(double[] masses, int[] counts, int draws) {
    double statistic = 0;
    int used = 0;
    double rest = draws;
    double restCount = draws;
    for (int i = 0; i < masses.length; i++) {
      double expected = masses[i] * draws;
      if (expected >= 5) {
        statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        rest -= expected;
        restCount -= counts[i];
        used++;
      }
    }
    statistic += (restCount - rest) * (restCount - rest) / rest;
    assertThat(used).as("cells").isGreaterThan(10);
    assertThat(statistic).as("of %d cells", used).isLessThan(used + 4 * Math.sqrt(2.0 * used));
  }

  /** So many draws that their pairs with pseudo-inputs are computed in blocks, and a few. */
  @Test
  void blocksOfPseudoInputsMakeNoDifference() {
    try (ParameterizedModel model = plane(200)) {
      double[] together = onGrid(model);
      NDArray line = model.manager().create(centres());
      for (int row : new int[] {100, 120, 135}) {
        NDArray lower = line.reshape(-1, 1, 1);
        NDArray upper = lower.zerosLike().add(line.get(row));
        Bound alone =
            model
                .begin()
                .draw(Batch.of(examples(model, 1, 5)), 1)
                .boundAt(new Latents(List.of(upper, lower)));
        double[] logs = logPrior(alone);
        for (int i = 0; i < SIDE; i++) {
          assertThat(together[row * SIDE + i]).isCloseTo(Math.exp(logs[i]), within(1e-6));
        }
      }
    }
  }

  @Test
  void priorWithoutPseudoInputsIsRefused() {
    requireRefusal(new StandardPrior(top(THREE)), "StandardPrior");
    requireRefusal(new GaussianMixturePrior(top(THREE), 3), "GaussianMixturePrior");
  }

  @Test
  void nearestPseudoInputsAloneAreRefused() {
    VampPriorSettings nearest = VampPriorSettings.of(3).withNeighbours(1);
    Prior prior = new VampPrior(nearest, top(THREE));
    try (ParameterizedModel model = started(LadderTestBed.ladder(THREE, prior), 1)) {
      ModelPass pass = model.begin(Pass.training(model.manager()));
      assertThatThrownBy(() -> pass.sample(2))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(
              "model.prior-levels = all: takes a prior that is the mixture over all its"
                  + " pseudo-inputs in every step; set model.prior.neighbours = 0, or prior-levels ="
                  + " top");
    }
  }

  private static void requireRefusal(Prior prior, String name) {
    try (ParameterizedModel model = started(LadderTestBed.ladder(THREE, prior), 1)) {
      ModelPass pass = model.begin();
      assertThatThrownBy(() -> pass.sample(2))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(
              "model.prior-levels = all: takes a prior with pseudo-inputs, model.prior.type ="
                  + " vampprior; a "
                  + name
                  + " spans the top level only, prior-levels = top");
    }
  }

  @Test
  void equalSeedsGiveEqualDraws() {
    try (ParameterizedModel model = started(vamp(THREE, 3), 1)) {
      Latents first = model.begin().sample(4, noise(4));
      Latents second = model.begin().sample(4, noise(4));
      assertThat(second.levels()).isEqualTo(first.levels());
      assertThat(first.lowest().getShape()).isEqualTo(new Shape(4, 4));
      Latents one = model.begin().sample(1, noise(1));
      assertThat(doubles(one.lowest()))
          .containsExactly(doubles(first.lowest().get("0:1")), within(1e-6));
    }
  }
}
