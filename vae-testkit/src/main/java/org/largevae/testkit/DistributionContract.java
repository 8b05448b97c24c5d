package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Component;
import org.largevae.api.component.Provider;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Draw;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.distribution.Noise;
import org.largevae.api.tensor.Tensors;

/**
 * What holds for the distribution that every part of a model gives: its methods agree with each
 * other. Extend the contract of a kind, not this class.
 *
 * @param <P> the kind of provider
 * @param <C> the kind of component
 */
public abstract class DistributionContract<P extends Provider<?>, C extends Component>
    extends ComponentContract<P, C> {

  /** Only the contracts of the kinds extend this. */
  DistributionContract() {}

  /** Values of the distribution's event. */
  abstract NDArray values(Bench<C> bench, int rows);

  @Test
  final void drawsCarryTheirLogDensity() {
    try (Bench<C> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Density density = density(begin(bench, inputs(bench), bench.inference()));
      requireExact(density);
      Draw draw = density.draw(new Shape(3));
      double[] carried = Arrays64.values(draw.logProb());
      double[] asked = Arrays64.values(density.logProb(draw.value()));

      assertThat(Comparison.agree(asked, carried, 1e-3))
          .withFailMessage(
              "draw() gives its values the log-densities %s, but logProb of them is %s: both must"
                  + " be of one distribution",
              Arrays.toString(carried), Arrays.toString(asked))
          .isTrue();
    }
  }

  @Test
  final void aDetachedDistributionIsTheSameWithoutGradients() {
    Preconditions.require("gradientsMatchFiniteDifferences", this::checkGradients);
    try (Bench<C> bench = sound()) {
      NDList inputs = inputs(bench);
      List<Leaf> leaves = leaves(bench, inputs);
      Supplier<NDList> detached =
          () -> {
            Density density = density(begin(bench, inputs, bench.training()));
            return new NDList(offered("map", density::detached).logProb(value(inputs)));
          };
      double[][] values;
      // a prior may estimate in training what it knows better elsewhere
      double[][] whole = outputs(bench, bench.training());
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        values = Bench.values(detached.get());
      }
      // outputs may hold more than the log-density
      assertThat(Arrays.stream(whole).anyMatch(w -> Comparison.agree(w, values[0], 1e-5)))
          .withFailMessage(
              "logProb of detached() is %s, which the distribution's own is not: map(change) must"
                  + " give each parameter of the distribution to its change and keep all else",
              Arrays.toString(values[0]))
          .isTrue();
      double[][] gradients = new Gradients(leaves, detached).all();
      for (int i = 0; i < gradients.length; i++) {
        boolean ofTheValue = i == inputs.size() - 1 && leaves.get(i) instanceof Leaf.Input;
        assertThat(ofTheValue || Arrays.stream(gradients[i]).allMatch(g -> g == 0))
            .withFailMessage(
                "a gradient by %s reaches through detached(): map(change) must give every parameter"
                    + " of the distribution to its change",
                leaves.get(i).name())
            .isTrue();
      }
    }
  }

  @Test
  final void logProbIsTheSumOfLogProbEach() {
    try (Bench<C> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDList inputs = inputs(bench);
      Distribution distribution = begin(bench, inputs, bench.inference());
      assumeTrue(distribution instanceof Factorised, "the distribution is not Factorised");
      Factorised factorised = (Factorised) distribution;
      NDArray each = factorised.logProbEach(value(inputs));

      ResultChecks.shape(
          each, value(inputs).getShape(), "logProbEach", "one number for each value");
      double[] sum = Arrays64.values(Tensors.sumLast(each));
      double[] logProb = Arrays64.values(factorised.logProb(value(inputs)));
      assertThat(Comparison.agree(sum, logProb, 1e-4))
          .withFailMessage(
              "logProb is %s, but logProbEach sums to %s over the last axis",
              Arrays.toString(logProb), Arrays.toString(sum))
          .isTrue();
    }
  }

  @Test
  final void pairwiseAgreesWithLogProb() {
    try (Bench<C> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Density density = batch(begin(bench, inputs(bench), bench.inference()));
      NDArray values = values(bench, 5);
      double[] pairs = Arrays64.values(density.logProbPairwise(values));
      double[] each = Arrays64.values(density.logProb(values.expandDims(1)));

      assertThat(Comparison.agree(each, pairs, 1e-4))
          .withFailMessage(
              "logProbPairwise and logProb disagree: %s and %s; row n, column b must be the"
                  + " log-density of value n under distribution b",
              Arrays.toString(pairs), Arrays.toString(each))
          .isTrue();
    }
  }

  @Test
  final void selectedDistributionsAreThoseOfTheRows() {
    try (Bench<C> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Density density = batch(begin(bench, inputs(bench), bench.inference()));
      NDArray values = values(bench, 3);
      int[] rows = {2, 0, 2};
      NDArray index = bench.inputManager().create(new long[] {rows[0], rows[1], rows[2]});
      Density selected = offered("select", () -> density.select(index));
      assertThat(selected.batch())
          .withFailMessage("select of 3 rows gives a batch %s", selected.batch())
          .isEqualTo(new Shape(rows.length));
      NDArray each = density.logProb(values.expandDims(1));
      double[] expected = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        expected[i] = Arrays64.values(each.get(i, rows[i]))[0];
      }

      assertThat(Comparison.agree(expected, Arrays64.values(selected.logProb(values)), 1e-4))
          .withFailMessage(
              "select(rows) gives other distributions than those of the rows: row i must be the"
                  + " distribution of rows[i], which may repeat")
          .isTrue();
    }
  }

  @Test
  final void drawsComeFromTheGivenNoiseAlone() {
    Preconditions.require("theSeedDecidesWhatIsDrawn", this::theSeedDecidesWhatIsDrawn);
    try (Bench<C> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Distribution distribution = begin(bench, inputs(bench), bench.inference());
      if (distribution instanceof Density density && density.batch().dimension() == 1) {
        Preconditions.require(
            "selectedDistributionsAreThoseOfTheRows", this::selectedDistributionsAreThoseOfTheRows);
      }
      Shape leading = distribution.batch().dimension() == 0 ? new Shape(4) : new Shape();
      int rows = (int) leading.addAll(distribution.batch()).get(0);
      long[] seeds = LongStream.range(SEED, SEED + rows).toArray();
      double[] together = drawn(distribution, leading, seeds);
      int size = together.length / rows;

      assertThat(Comparison.agree(together, drawn(distribution, leading, seeds), 1e-6))
          .withFailMessage(
              "two draws with Noise.ofExamples of the same seeds differ: take every random number"
                  + " from the Noise that sample or draw is given (noise.normal, noise.uniform,"
                  + " noise.each), none from a manager")
          .isTrue();
      for (int row = 0; row < rows; row++) {
        double[] alone = aloneDrawn(bench, distribution, row, seeds[row]);
        double[] inBatch = Arrays.copyOfRange(together, row * size, (row + 1) * size);
        assertThat(Comparison.agree(inBatch, alone, 1e-4))
            .withFailMessage(
                "with Noise.ofExamples the draw of row %d is %s among %d rows, but %s alone: take"
                    + " each example's random numbers from its own row of the Noise, arrays of"
                    + " shape (leading, batch, ...)",
                row, Arrays.toString(inBatch), rows, Arrays.toString(alone))
            .isTrue();
      }
    }
  }

  private double[] aloneDrawn(Bench<C> bench, Distribution distribution, int row, long seed) {
    if (distribution.batch().dimension() == 0) {
      return drawn(distribution, new Shape(1), seed);
    }
    NDArray index = bench.inputManager().create(new long[] {row});
    return drawn(offered("select", () -> distribution.select(index)), new Shape(), seed);
  }

  private static double[] drawn(Distribution distribution, Shape leading, long... seeds) {
    Noise noise = Noise.ofExamples(seeds);
    return Arrays64.values(
        distribution instanceof Density density
            ? density.sample(leading, noise)
            : distribution.draw(leading, noise).value());
  }

  /** The distribution as a density; skips the test where it is none. */
  static Density density(Distribution distribution) {
    assumeTrue(
        distribution instanceof Density,
        "the distribution knows the density of its own draws only, it is no Density");
    return (Density) distribution;
  }

  /** Skips the test unless log-densities are exact. */
  static void requireExact(Density density) {
    assumeTrue(
        density.kind() == Density.Kind.EXACT,
        "logProb is of kind " + density.kind() + ", only an exact one can be checked in this way");
  }

  private static Density batch(Distribution distribution) {
    Density density = density(distribution);
    assumeTrue(
        density.batch().dimension() == 1,
        "it is one distribution, of batch " + density.batch() + ", and has no rows");
    return density;
  }

  private static <T> T offered(String method, Supplier<T> call) {
    try {
      return call.get();
    } catch (UnsupportedOperationException refused) {
      return abort("the distribution offers no " + method + ": " + refused.getMessage());
    }
  }
}
