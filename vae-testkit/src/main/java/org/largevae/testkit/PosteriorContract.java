package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Pass;
import org.largevae.api.config.Settings;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.network.Posterior;
import org.largevae.api.network.PosteriorProvider;

/**
 * What holds for every family of posteriors. In place of an encoder's output it is given random
 * numbers.
 *
 * <pre>{@code
 * class GaussianPosteriorContractTest extends PosteriorContract {
 *   @Override
 *   protected PosteriorProvider<?> provider() {
 *     return new GaussianPosteriorProvider();
 *   }
 * }
 * }</pre>
 */
public abstract class PosteriorContract
    extends PosteriorDrawsContract<PosteriorProvider<?>, Posterior> {
  private static final int ROWS = 4;

  /** For the test class of a posterior. */
  protected PosteriorContract() {}

  @Override
  final Class<?> service() {
    return PosteriorProvider.class;
  }

  @Override
  final String section() {
    return "model.posterior";
  }

  @Override
  final Posterior create(PosteriorProvider<?> provider, Settings settings, ModelShape shape) {
    return read(provider, settings, shape);
  }

  private static <S extends Record> Posterior read(
      PosteriorProvider<S> provider, Settings settings, ModelShape shape) {
    return provider.create(provider.settings().read(settings), shape);
  }

  @Override
  final NDList inputs(Bench<Posterior> bench) {
    return new NDList(parameters(bench, ROWS), bench.latents(ROWS, SEED));
  }

  @Override
  final List<String> inputNames(Bench<Posterior> bench) {
    return List.of("parameters", "z");
  }

  @Override
  final Distribution distribution(Bench<Posterior> bench, NDList inputs, Pass pass) {
    return bench.component().of(inputs.get(0), pass);
  }

  @Override
  final Distribution single(Bench<Posterior> bench, Pass pass) {
    return bench.component().of(parameters(bench, 1), pass);
  }

  /** Random numbers like an encoder's, the first rows the same for any number of them. */
  private static NDArray parameters(Bench<Posterior> bench, int rows) {
    NDManager manager = bench.inputManager();
    int count = Math.toIntExact(bench.component().parameters());
    Random random = new Random(SEED);
    float[] values = new float[rows * count];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.5 * random.nextGaussian());
    }
    return manager.create(values, new Shape(rows, count)).toType(DataType.FLOAT32, false);
  }

  @Override
  final void checkResults(Bench<Posterior> bench) {
    for (int rows : new int[] {3, 1}) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        Distribution posterior = bench.component().of(parameters(bench, rows), bench.inference());
        PosteriorChecks.check(bench, posterior, rows, SEED);
      }
    }
  }

  @Test
  final void eachPosteriorStandsForItself() {
    try (Bench<Posterior> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray parameters = parameters(bench, 3);
      NDArray batch = bench.component().of(parameters, bench.inference()).mean();
      for (int i = 0; i < 3; i++) {
        String row = i + ":" + (i + 1);
        NDArray alone = bench.component().of(parameters.get(row), bench.inference()).mean();
        ResultChecks.sameAlone(
            Arrays64.values(batch.get(row)), Arrays64.values(alone), "of(parameters)");
      }
    }
  }

  @Test
  final void severalDrawsOfALevelAboveHavePosteriorsOfTheirOwn() {
    Preconditions.require("eachPosteriorStandsForItself", this::eachPosteriorStandsForItself);
    try (Bench<Posterior> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int rows = 6;
      Shape draws = new Shape(2, 3);
      NDArray flat = parameters(bench, rows);
      NDArray parameters = flat.reshape(draws.add(flat.getShape().get(1)));
      Distribution one = bench.component().of(flat, bench.inference());
      Distribution several = bench.component().of(parameters, bench.inference());
      String of = "the posterior of parameters of shape " + parameters.getShape();
      Shape latents = new Shape(bench.shape().latentSize());
      ResultChecks.distribution(several, draws, latents, of);
      ResultChecks.shape(
          several.draw(new Shape()).value(),
          draws.addAll(latents),
          "draw(()).value() of " + of,
          "latents of each of the batch");
      sameInDraws(several.mean(), one.mean(), "mean() of " + of);
      if (one instanceof Density density) {
        NDArray z = bench.latents(rows, SEED);
        NDArray expected = density.logProb(z);
        NDArray found = ((Density) several).logProb(z.reshape(draws.addAll(latents)));
        ResultChecks.shape(found, draws, "logProb(z) of " + of, "one value for each of the batch");
        sameInDraws(found, expected, "logProb(z) of " + of);
      }
    }
  }

  private static void sameInDraws(NDArray several, NDArray rows, String call) {
    double[] expected = Arrays64.values(rows);
    double[] found = Arrays64.values(several);
    assertThat(Comparison.agree(expected, found, 1e-4))
        .withFailMessage(
            "%s is %s, but %s for the same parameters as rows: axes in front of the parameters are"
                + " those of the batch",
            call, Arrays.toString(found), Arrays.toString(expected))
        .isTrue();
  }
}
