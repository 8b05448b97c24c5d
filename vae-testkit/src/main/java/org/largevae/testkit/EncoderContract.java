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
import org.junit.jupiter.api.Test;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
import org.largevae.api.config.Settings;
import org.largevae.api.distribution.Posterior;
import org.largevae.api.network.Encoder;
import org.largevae.api.network.EncoderProvider;

/**
 * What holds for every encoder and the posteriors it gives.
 *
 * <pre>{@code
 * class GatedMlpEncoderContractTest extends EncoderContract {
 *   @Override
 *   protected EncoderProvider provider() {
 *     return new GatedMlpEncoderProvider();
 *   }
 *
 *   @Override
 *   protected String configuration() {
 *     return "hidden = [5]";
 *   }
 * }
 * }</pre>
 */
public abstract class EncoderContract extends ComponentContract<EncoderProvider, Encoder> {
  private static final int ROWS = 4;
  private static final int SAMPLE = 10_000;

  /** For the test class of an encoder. */
  protected EncoderContract() {}

  @Override
  final Class<EncoderProvider> kind() {
    return EncoderProvider.class;
  }

  @Override
  final String section() {
    return "model.encoder";
  }

  @Override
  final String nameKey() {
    return "type";
  }

  @Override
  final Encoder create(EncoderProvider provider, Settings settings, ModelShape shape) {
    return provider.create(settings, shape);
  }

  @Override
  final NDList inputs(Bench<Encoder> bench) {
    return new NDList(bench.examples(ROWS, SEED), bench.latents(ROWS, SEED));
  }

  @Override
  final List<String> inputNames(Bench<Encoder> bench) {
    return List.of("x", "z");
  }

  @Override
  final NDList outputs(Bench<Encoder> bench, NDList inputs, Pass pass) {
    Posterior posterior = bench.component().encode(inputs.get(0), pass);
    NDArray z = inputs.get(1);
    return new NDList(posterior.mean(), posterior.logProb(z), posterior.logProbPairwise(z));
  }

  @Override
  final NDList draws(Bench<Encoder> bench, NDList inputs, Pass pass) {
    return new NDList(bench.component().encode(inputs.get(0), pass).sample(2));
  }

  @Override
  final String resultsTest() {
    return "posteriorsAreFiniteAndOfTheRightShape";
  }

  @Test
  final void posteriorsAreFiniteAndOfTheRightShape() {
    requireSoundPasses();
    try (Bench<Encoder> bench = initialized(shape(), Device.cpu())) {
      checkResults(bench);
    }
  }

  @Override
  final void checkResults(Bench<Encoder> bench) {
    for (int rows : new int[] {3, 1}) {
      NDArray x = bench.examples(rows, SEED);
      NDArray other = bench.latents(5, SEED);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        Posterior posterior = bench.component().encode(x, bench.inference());
        assertThat(posterior.size())
            .withFailMessage("size() is %d for %d examples", posterior.size(), rows)
            .isEqualTo(rows);
        int latents = bench.shape().latentSize();
        NDArray sample = posterior.sample(2);
        check(posterior.mean(), new Shape(rows, latents), "mean()", "(B, M)", false);
        check(sample, new Shape(2, rows, latents), "sample(2)", "(S, B, M)", false);
        NDArray each = posterior.logProb(sample);
        check(each, new Shape(2, rows), "logProb(z) of shape (S, B, M)", "(S, B)", true);
        NDArray own = posterior.logProb(posterior.mean());
        check(own, new Shape(rows), "logProb(z) of shape (B, M)", "(B)", true);
        NDArray pairs = posterior.logProbPairwise(other);
        check(pairs, new Shape(5, rows), "logProbPairwise(z) of shape (N, M)", "(N, B)", true);
      }
    }
  }

  private static void check(
      NDArray result, Shape shape, String call, String letters, boolean alsoFloat64) {
    Results.shape(result, shape, "the posterior's " + call, "it is " + letters);
    Results.type(result, "the posterior's " + call, alsoFloat64);
    Results.finite(
        result, "the posterior's " + call, "keep log variances within bounds (Tensors.clamp)");
  }

  @Test
  final void eachExampleIsEncodedByItself() {
    try (Bench<Encoder> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = bench.examples(3, SEED);
      NDArray batch = bench.component().encode(x, bench.inference()).mean();
      for (int i = 0; i < 3; i++) {
        String row = i + ":" + (i + 1);
        NDArray alone = bench.component().encode(x.get(row), bench.inference()).mean();
        Results.sameAlone(Arrays64.values(batch.get(row)), Arrays64.values(alone), "encode(x)");
      }
    }
  }

  @Test
  final void pairwiseAgreesWithLogProb() {
    try (Bench<Encoder> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Posterior posterior = bench.component().encode(bench.examples(ROWS, SEED), bench.inference());
      NDArray z = bench.latents(5, SEED);
      Shape repeated = new Shape(5, ROWS, bench.shape().latentSize());
      double[] pairs = Arrays64.values(posterior.logProbPairwise(z));
      double[] each = Arrays64.values(posterior.logProb(z.expandDims(1).broadcast(repeated)));

      assertThat(Comparison.agree(each, pairs, 1e-4))
          .withFailMessage(
              "logProbPairwise(z) and logProb(z) disagree: %s and %s; row n, column b must be the"
                  + " log-density of latent n under posterior b",
              Arrays.toString(pairs), Arrays.toString(each))
          .isTrue();
    }
  }

  @Test
  final void selectedPosteriorsAreThoseOfTheRows() {
    try (Bench<Encoder> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Posterior posterior = bench.component().encode(bench.examples(ROWS, SEED), bench.inference());
      NDArray z = bench.latents(3, SEED);
      int[] rows = {2, 0, 2};
      Posterior selected =
          posterior.select(bench.inputManager().create(new long[] {rows[0], rows[1], rows[2]}));
      assertThat(selected.size())
          .withFailMessage("select of 3 rows gives %d posteriors", selected.size())
          .isEqualTo(3);
      Shape repeated = new Shape(3, ROWS, bench.shape().latentSize());
      NDArray each = posterior.logProb(z.expandDims(1).broadcast(repeated));
      double[] expected = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        expected[i] = Arrays64.values(each.get(i, rows[i]))[0];
      }

      assertThat(Comparison.agree(expected, Arrays64.values(selected.logProb(z)), 1e-5))
          .withFailMessage(
              "select(rows) gives other posteriors than those of the rows: row i must be the"
                  + " posterior of rows[i], which may repeat")
          .isTrue();
    }
  }

  @Test
  final void drawsAreReparameterised() {
    Preconditions.require("gradientsMatchFiniteDifferences", this::checkGradients);
    try (Bench<Encoder> bench = sound()) {
      NDList inputs = inputs(bench);
      assumeTrue(
          Arrays.deepEquals(seededDraws(bench, inputs), seededDraws(bench, inputs)),
          "not checked: theSeedDecidesWhatIsDrawn fails; mend that first");
      new Gradients(
              leaves(bench, inputs),
              () -> {
                Bench.seed(SEED);
                return draws(bench, inputs, bench.training());
              })
          .checkFiniteDifferences(false);
    }
  }

  private double[][] seededDraws(Bench<Encoder> bench, NDList inputs) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Bench.seed(SEED);
      return Bench.values(draws(bench, inputs, bench.inference()));
    }
  }

  @Test
  final void posteriorDensityIntegratesToOne() {
    try (Bench<Encoder> bench = sound(withOneLatent())) {
      Results.normalised(density(bench), "logProb(z)");
    }
  }

  @Test
  final void posteriorSamplesFollowTheDensity() {
    try (Bench<Encoder> bench = sound(withOneLatent())) {
      Results.follows(density(bench), sample(bench), "logProb(z)");
    }
  }

  private ModelShape withOneLatent() {
    return new ModelShape(data(), support(), 1);
  }

  private static LineDensity density(Bench<Encoder> bench) {
    return new LineDensity(
        Results.onDoubles(
            bench.inputManager(), 1, z -> single(bench).logProb(z.expandDims(1)).squeeze(1)),
        sample(bench));
  }

  private static double[] sample(Bench<Encoder> bench) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Bench.seed(SEED);
      return Arrays64.values(single(bench).sample(SAMPLE));
    }
  }

  /** The posterior of one example. */
  private static Posterior single(Bench<Encoder> bench) {
    return bench.component().encode(bench.examples(1, SEED), bench.inference());
  }
}
