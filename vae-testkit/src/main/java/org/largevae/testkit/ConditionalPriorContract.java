package org.largevae.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Pass;
import org.largevae.api.config.Settings;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Latents;
import org.largevae.api.prior.ConditionalPrior;
import org.largevae.api.prior.ConditionalPriorProvider;
import org.largevae.api.tensor.Tensors;

/**
 * What holds for every conditional prior, {@code p(z_l | z above)}: the densities that it gives at
 * some latents above are distributions of their own, whatever stands beside them, and gradients
 * reach its parameters and the latents of every level above.
 *
 * <pre>{@code
 * class LaplaceConditionalPriorContractTest extends ConditionalPriorContract {
 *   @Override
 *   protected ConditionalPriorProvider<?> provider() {
 *     return new LaplaceConditionalPriorProvider();
 *   }
 *
 *   @Override
 *   protected String configuration() {
 *     return "hidden = [5]";
 *   }
 * }
 * }</pre>
 */
public abstract class ConditionalPriorContract
    extends LatentContract<ConditionalPriorProvider<?>, ConditionalPrior> {
  private static final int ROWS = 4;

  /** Where a network's outputs of naive arithmetic overflow in float32. */
  private static final double FAR = 20;

  /** For the test class of a conditional prior. */
  protected ConditionalPriorContract() {}

  /**
   * The numbers of latents of the levels above to test with; other numbers of levels are tried too.
   *
   * @return top first, at least one
   */
  protected List<Integer> latentSizesAbove() {
    return LevelChecks.TWO_ABOVE;
  }

  @Override
  final ModelShape shape(int latents) {
    return ModelShape.of(description(), latents, latentSizesAbove());
  }

  @Override
  final Class<?> service() {
    return ConditionalPriorProvider.class;
  }

  @Override
  final String section() {
    return "model.conditional-prior";
  }

  @Override
  final ConditionalPrior create(
      ConditionalPriorProvider<?> provider, Settings settings, ModelShape shape) {
    return read(provider, settings, shape);
  }

  private static <S extends Record> ConditionalPrior read(
      ConditionalPriorProvider<S> provider, Settings settings, ModelShape shape) {
    return provider.create(provider.settings().read(settings), shape);
  }

  @Override
  final NDList inputs(Bench<ConditionalPrior> bench) {
    NDList inputs = bench.latentsAbove(new Shape(ROWS), SEED);
    inputs.add(bench.latents(ROWS, SEED));
    return inputs;
  }

  @Override
  final List<String> inputNames(Bench<ConditionalPrior> bench) {
    List<String> names = new ArrayList<>(LevelChecks.names(bench.shape()));
    names.add("z");
    return names;
  }

  @Override
  final Density distribution(Bench<ConditionalPrior> bench, NDList inputs, Pass pass) {
    return given(bench, new Latents(inputs.subList(0, inputs.size() - 1)), pass);
  }

  @Override
  final Density single(Bench<ConditionalPrior> bench, Pass pass) {
    return given(bench, new Latents(bench.latentsAbove(new Shape(1), SEED)), pass);
  }

  private static Density given(Bench<ConditionalPrior> bench, Latents above, Pass pass) {
    return bench.component().given(above, pass);
  }

  @Override
  final String resultsTest() {
    return "conditionalPriorsAreFiniteAndOfTheRightShape";
  }

  @Test
  final void conditionalPriorsAreFiniteAndOfTheRightShape() {
    requireSoundPasses();
    try (Bench<ConditionalPrior> bench = initialized(shape(), Device.cpu())) {
      checkResults(bench);
    }
  }

  @Override
  final void checkResults(Bench<ConditionalPrior> bench) {
    for (int rows : new int[] {3, 1}) {
      for (Shape leading : List.of(new Shape(rows), new Shape(2, rows))) {
        NDList near = bench.latentsAbove(leading, SEED);
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          check(bench, near, leading);
          if (latentSpace().isEuclidean()) {
            NDList far = new NDList();
            near.forEach(z -> far.add(Tensors.multiply(z.sign(), FAR)));
            check(bench, far, leading);
          }
        }
      }
    }
  }

  private static void check(Bench<ConditionalPrior> bench, NDList above, Shape leading) {
    int size = bench.shape().latentSize();
    Density density = given(bench, new Latents(above), bench.inference());
    String of = "the conditional prior at latents above of leading axes " + leading;
    ResultChecks.distribution(density, leading, new Shape(size), of);
    String advice = "keep log variances within bounds (Tensors.clamp)";
    for (Shape draws : List.of(new Shape(), new Shape(2))) {
      NDArray sample = density.sample(draws);
      Shape expected = draws.addAll(leading);
      String call = "sample(" + draws + ") of " + of;
      ResultChecks.shape(sample, expected.add(size), call, "latents of each of the batch");
      ResultChecks.type(sample, call, false);
      ResultChecks.finite(sample, call, advice);
      NDArray logProb = density.logProb(sample);
      call = "logProb(z) of " + of + ", z of shape " + sample.getShape();
      ResultChecks.shape(logProb, expected, call, "one value a row, summed over the last axis");
      ResultChecks.type(logProb, call, true);
      ResultChecks.finite(logProb, call, advice);
    }
    NDArray mean = density.mean();
    ResultChecks.shape(mean, leading.add(size), "mean() of " + of, "a mean of each of the batch");
    ResultChecks.finite(mean, "mean() of " + of, advice);
  }

  @Test
  final void eachRowOfLatentsAboveHasItsOwnDistribution() {
    try (Bench<ConditionalPrior> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int rows = 6;
      NDList above = bench.latentsAbove(new Shape(rows), SEED);
      NDArray z = bench.latents(1, SEED);
      double[] batch = logProb(bench, new Latents(above), z);
      double[] several = logProb(bench, LevelChecks.draws(above, 2), z);
      for (int i = 0; i < rows; i++) {
        double[] alone = logProb(bench, LevelChecks.row(above, i), z);
        ResultChecks.sameAlone(
            new double[] {batch[i]}, alone, "given(above), latents above of shape (B, M),");
        ResultChecks.sameAlone(
            new double[] {several[i]}, alone, "given(above), latents above of shape (S, B, M),");
      }
    }
  }

  private static double[] logProb(Bench<ConditionalPrior> bench, Latents above, NDArray z) {
    return Arrays64.values(given(bench, above, bench.inference()).logProb(z));
  }

  @Test
  final void theLatentsOfEveryLevelAboveCount() {
    Preconditions.require("gradientsMatchFiniteDifferences", this::checkGradients);
    try (Bench<ConditionalPrior> bench = sound()) {
      NDList inputs = inputs(bench);
      List<Leaf> leaves = leaves(bench, inputs);
      LevelChecks.everyLevelCounts(
          new Gradients(leaves, () -> outputs(bench, inputs, bench.training())),
          leaves.subList(0, bench.shape().latentSizesAbove().size()),
          "logProb of the distribution that given(above) returns",
          "; p(z) that depends on nothing is a prior of a top level");
    }
  }

  @Test
  final void anyNumberOfLevelsMayStandAbove() {
    sound().close();
    int made = 0;
    for (List<Integer> above : List.of(List.of(3), List.of(4, 2), List.of(2, 4, 3))) {
      ModelShape shape = ModelShape.of(description(), latentSize(), above);
      if (isFor(shape)) {
        made++;
        try (Bench<ConditionalPrior> bench = initialized(shape, Device.cpu())) {
          checkResults(bench);
        }
      }
    }
    assumeTrue(made > 0, "the conditional prior can be made below none of 1, 2 and 3 levels");
  }

  @Test
  final void latentsAboveOfOtherSizesAreRefused() {
    try (Bench<ConditionalPrior> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      LevelChecks.otherSizesAreRefused(
          bench, above -> given(bench, above, bench.inference()), "given(above)");
    }
  }
}
