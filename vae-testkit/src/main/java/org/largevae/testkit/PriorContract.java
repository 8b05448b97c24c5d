package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
import org.largevae.api.config.Settings;
import org.largevae.api.distribution.LatentDistribution;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;
import org.largevae.api.tensor.Tensors;

/**
 * What holds for every prior. A prior that encodes pseudo-inputs is given a small Gaussian encoder.
 *
 * <pre>{@code
 * class GaussianMixtureContractTest extends PriorContract {
 *   @Override
 *   protected PriorProvider provider() {
 *     return new GaussianMixtureProvider();
 *   }
 *
 *   @Override
 *   protected String configuration() {
 *     return "components = 3";
 *   }
 * }
 * }</pre>
 */
public abstract class PriorContract extends ComponentContract<PriorProvider, Prior> {
  private static final int SAMPLE = 10_000;

  /** Where a density of naive arithmetic underflows in float32. */
  private static final double FAR = 20;

  private static final String CALL = "logProb(z)";

  /** For the test class of a prior. */
  protected PriorContract() {}

  @Override
  final Class<PriorProvider> kind() {
    return PriorProvider.class;
  }

  @Override
  final String section() {
    return "model.prior";
  }

  @Override
  final String nameKey() {
    return "type";
  }

  @Override
  final Prior create(PriorProvider provider, Settings settings, ModelShape shape) {
    return provider.create(settings, shape);
  }

  @Override
  final NDList inputs(Bench<Prior> bench) {
    return new NDList(bench.latents(7, SEED));
  }

  @Override
  final List<String> inputNames(Bench<Prior> bench) {
    return List.of("z");
  }

  @Override
  final NDList outputs(Bench<Prior> bench, NDList inputs, Pass pass) {
    return new NDList(distribution(bench, pass).logProb(inputs.get(0)));
  }

  @Override
  final NDList draws(Bench<Prior> bench, NDList inputs, Pass pass) {
    return new NDList(distribution(bench, pass).sample(5));
  }

  @Override
  final String resultsTest() {
    return "logDensitiesAndDrawsAreFiniteAndOfTheRightShape";
  }

  private static LatentDistribution distribution(Bench<Prior> bench, Pass pass) {
    return bench.component().distribution(bench.context(pass));
  }

  @Test
  final void logDensitiesAndDrawsAreFiniteAndOfTheRightShape() {
    requireSoundPasses();
    try (Bench<Prior> bench = initialized(shape(), Device.cpu())) {
      checkResults(bench);
    }
  }

  @Override
  final void checkResults(Bench<Prior> bench) {
    for (int rows : new int[] {3, 1}) {
      NDArray near = bench.latents(rows, SEED);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        LatentDistribution distribution = distribution(bench, bench.inference());
        checkLogProb(distribution, near, "logProb of z near 0");
        NDArray far = Tensors.multiply(near.sign(), FAR);
        checkLogProb(distribution, far, "logProb of z with values of +-20");
        checkSample(distribution, rows, bench.shape().latentSize());
      }
    }
  }

  private static void checkLogProb(LatentDistribution distribution, NDArray z, String call) {
    NDArray logProb = distribution.logProb(z);
    String need = "one value a row; sum over the last axis with Tensors.sumLast";
    Results.shape(logProb, new Shape(z.getShape().get(0)), call + ", shape " + z.getShape(), need);
    Results.type(logProb, call, true);
    Results.finite(
        logProb,
        call,
        "stay in logs (Tensors.logSumExpLast, Tensors.softplus) and keep variances from vanishing"
            + " (Tensors.clamp of the log variance)");
  }

  private static void checkSample(LatentDistribution distribution, int count, int latentSize) {
    NDArray sample = distribution.sample(count);
    String call = "sample(" + count + ")";
    Results.shape(sample, new Shape(count, latentSize), call, "one draw of M latents a row");
    Results.type(sample, call, false);
    Results.finite(sample, call, "draws must be finite");
  }

  @Test
  final void eachRowHasItsOwnLogDensity() {
    try (Bench<Prior> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      // one distribution for all calls, as in an evaluation
      LatentDistribution distribution = distribution(bench, bench.inference());
      NDArray z = bench.latents(4, SEED);
      double[] batch = Arrays64.values(distribution.logProb(z));
      for (int i = 0; i < batch.length; i++) {
        NDArray row = z.get(i + ":" + (i + 1));
        Results.sameAlone(
            new double[] {batch[i]}, Arrays64.values(distribution.logProb(row)), CALL);
      }
    }
  }

  @Test
  final void densityIntegratesToOne() {
    try (Bench<Prior> bench = sound(withLatents(1));
        Bench<Prior> plane = sound(withLatents(2))) {
      Results.normalised(new LineDensity(logDensity(bench), sample(bench)), CALL);

      PlaneDensity density = new PlaneDensity(logDensity(plane), sample(plane));
      assertThat(Math.abs(density.mass() - 1) <= density.massError() + 1e-3)
          .withFailMessage(
              "exp(logProb(z)) integrates to %.4f +- %.4f over two dimensions, though to 1 over one:"
                  + " count each constant once a dimension, that of weights once a row",
              density.mass(), density.massError())
          .isTrue();
    }
  }

  @Test
  final void samplesFollowTheDensity() {
    try (Bench<Prior> bench = sound(withLatents(1));
        Bench<Prior> plane = sound(withLatents(2))) {
      double[] line = sample(bench);
      Results.follows(new LineDensity(logDensity(bench), line), line, CALL);

      double[] draws = sample(plane);
      Optional<String> disagreement =
          new PlaneDensity(logDensity(plane), draws).disagreement(draws);
      assertThat(disagreement)
          .withFailMessage(
              () ->
                  "draws do not follow exp(logProb(z)): "
                      + disagreement.orElseThrow()
                      + "; sample and logProb must be of one distribution")
          .isEmpty();
    }
  }

  private ModelShape withLatents(int latentSize) {
    return new ModelShape(data(), support(), latentSize);
  }

  private static UnaryOperator<double[]> logDensity(Bench<Prior> bench) {
    return Results.onDoubles(
        bench.inputManager(),
        bench.shape().latentSize(),
        z -> distribution(bench, bench.inference()).logProb(z));
  }

  private static double[] sample(Bench<Prior> bench) {
    Bench.seed(SEED);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return Arrays64.values(distribution(bench, bench.inference()).sample(SAMPLE));
    }
  }

  @Test
  final void componentsMakeUpTheDensity() {
    try (Bench<Prior> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      LatentDistribution distribution = distribution(bench, bench.inference());
      NDArray z = bench.latents(4, SEED);
      Optional<NDArray> shares = distribution.componentLogProb(z);
      assumeTrue(shares.isPresent(), "the prior is no mixture");
      Shape found = shares.orElseThrow().getShape();

      assertThat(found.dimension() == 2 && found.get(0) == 4)
          .withFailMessage(
              "componentLogProb of 4 latents returned the shape %s, but (4, K) is needed: one value"
                  + " a component in each row",
              found)
          .isTrue();
      double[] density = Arrays64.values(distribution.logProb(z));
      double[] sum = Arrays64.values(Tensors.logSumExpLast(shares.orElseThrow()));
      for (int i = 0; i < density.length; i++) {
        assertThat(Math.abs(density[i] - sum[i]) <= 1e-4 * (1 + Math.abs(density[i])))
            .withFailMessage(
                "the log-sum-exp of componentLogProb is %s, but logProb is %s: each value must be"
                    + " log w_k + log p_k(z), the weight included",
                sum[i], density[i])
            .isTrue();
      }
    }
  }

  @Test
  final void pseudoInputsLieInTheData() {
    try (Bench<Prior> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Optional<NDArray> points = bench.component().pseudoInputs(bench.inference());
      assumeTrue(points.isPresent(), "the prior has no pseudo-inputs");
      Shape found = points.orElseThrow().getShape();

      assertThat(found.dimension() == 2 && found.get(1) == bench.shape().dimensions())
          .withFailMessage(
              "pseudoInputs returned the shape %s, but (K, %d) is needed: one point in data space a"
                  + " row",
              found, bench.shape().dimensions())
          .isTrue();
      float lowest = bench.shape().support().lowest();
      float highest = bench.shape().support().highest();
      assertThat(
              Arrays.stream(Arrays64.values(points.orElseThrow()))
                  .allMatch(v -> v >= lowest && v <= highest && Double.isFinite(v)))
          .withFailMessage(
              "pseudoInputs returned values beyond the data's bounds, %s to %s: keep them within,"
                  + " with Tensors.clamp or a sigmoid",
              lowest, highest)
          .isTrue();
    }
  }
}
