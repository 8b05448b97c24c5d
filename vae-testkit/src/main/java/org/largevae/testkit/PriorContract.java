package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Pass;
import org.largevae.api.config.Settings;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.distribution.Density;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;
import org.largevae.api.tensor.Tensors;

/**
 * What holds for every prior, at the top of a model. A prior that encodes pseudo-inputs is given a
 * small encoder of the latents' space, one that depends on the batch or on training examples a few
 * of these.
 *
 * <pre>{@code
 * class LogisticPriorContractTest extends PriorContract {
 *   @Override
 *   protected PriorProvider<?> provider() {
 *     return new LogisticPriorProvider();
 *   }
 *
 *   @Override
 *   protected String configuration() {
 *     return "init-scale = 0.5";
 *   }
 * }
 * }</pre>
 */
public abstract class PriorContract extends LatentContract<PriorProvider<?>, Prior> {
  /** Where a density of naive arithmetic underflows in float32. */
  private static final double FAR = 20;

  private static final String CALL = "logProb(z)";

  /** For the test class of a prior. */
  protected PriorContract() {}

  @Override
  final Class<?> service() {
    return PriorProvider.class;
  }

  @Override
  final String section() {
    return "model.prior";
  }

  @Override
  final Prior create(PriorProvider<?> provider, Settings settings, ModelShape shape) {
    return read(provider, settings, shape);
  }

  private static <S extends Record> Prior read(
      PriorProvider<S> provider, Settings settings, ModelShape shape) {
    return provider.create(provider.settings().read(settings), shape);
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
  final Density distribution(Bench<Prior> bench, NDList inputs, Pass pass) {
    return single(bench, pass);
  }

  @Override
  final Density single(Bench<Prior> bench, Pass pass) {
    return bench.component().distribution(bench.context(pass));
  }

  @Override
  final String resultsTest() {
    return "logDensitiesAndDrawsAreFiniteAndOfTheRightShape";
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
    int size = bench.shape().latentSize();
    for (int rows : new int[] {3, 1}) {
      NDArray near = bench.latents(rows, SEED);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        Density density = single(bench, bench.inference());
        ResultChecks.distribution(density, new Shape(), new Shape(size), "the prior");
        checkLogProb(density, near, "logProb of z near 0");
        if (latentSpace().isEuclidean()) {
          NDArray far = Tensors.multiply(near.sign(), FAR);
          checkLogProb(density, far, "logProb of z with values of +-20");
        }
        checkLogProb(density, near.expandDims(1), "logProb of draws of several");
        for (Shape leading : List.of(new Shape(rows), new Shape(2, rows), new Shape())) {
          NDArray sample = density.sample(leading);
          String call = "sample(" + leading + ")";
          ResultChecks.shape(
              sample, leading.add(size), call, "M latents behind the axes asked for");
          ResultChecks.type(sample, call, false);
          ResultChecks.finite(sample, call, "draws must be finite");
        }
        NDArray mean = density.mean();
        ResultChecks.shape(mean, new Shape(size), "mean()", "the prior's one mean, M values");
        ResultChecks.finite(mean, "mean()", "a mean must be finite");
      }
    }
  }

  private static void checkLogProb(Density density, NDArray z, String call) {
    NDArray logProb = density.logProb(z);
    Shape expected = z.getShape().slice(0, z.getShape().dimension() - 1);
    String need = "one value a row; sum over the last axis with Tensors.sumLast";
    ResultChecks.shape(logProb, expected, call + ", shape " + z.getShape(), need);
    ResultChecks.type(logProb, call, true);
    ResultChecks.finite(
        logProb,
        call,
        "stay in logs (Tensors.logSumExpLast, Tensors.softplus) and keep variances from vanishing"
            + " (Tensors.clamp of the log variance)");
  }

  @Test
  final void eachRowHasItsOwnLogDensity() {
    try (Bench<Prior> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      // one distribution for all calls, as in an evaluation
      Density density = single(bench, bench.inference());
      NDArray z = bench.latents(4, SEED);
      double[] batch = Arrays64.values(density.logProb(z));
      for (int i = 0; i < batch.length; i++) {
        NDArray row = z.get(i + ":" + (i + 1));
        ResultChecks.sameAlone(
            new double[] {batch[i]}, Arrays64.values(density.logProb(row)), CALL);
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
      int dimensions = bench.shape().dimensions();

      assertThat(found.dimension() == 2 && found.get(1) == dimensions)
          .withFailMessage(
              "pseudoInputs returned the shape %s, but (K, %d) is needed: one point in data space a"
                  + " row",
              found, dimensions)
          .isTrue();
      double[] values = Arrays64.values(points.orElseThrow());
      for (int i = 0; i < values.length; i++) {
        ValueKind kind = bench.shape().data().kind(i % dimensions);
        assertThat(
                values[i] >= kind.lowest()
                    && values[i] <= kind.highest()
                    && Double.isFinite(values[i]))
            .withFailMessage(
                "pseudoInputs returned values beyond the data's bounds, %s to %s: keep them within,"
                    + " with Tensors.clamp or a sigmoid",
                kind.lowest(), kind.highest())
            .isTrue();
      }
    }
  }
}
