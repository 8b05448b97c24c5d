package org.largevae.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Pass;
import org.largevae.api.config.Settings;
import org.largevae.api.data.Batch;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Draw;
import org.largevae.api.distribution.Latents;
import org.largevae.api.network.Encoder;
import org.largevae.api.network.EncoderProvider;

/**
 * What holds for every encoder and the posteriors it gives, at the top of a model. Where {@link
 * #description()} says that values may be missing, it is given batches that lack some.
 *
 * <pre>{@code
 * class GatedMlpEncoderContractTest extends EncoderContract {
 *   @Override
 *   protected EncoderProvider<?> provider() {
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
public abstract class EncoderContract extends LatentContract<EncoderProvider<?>, Encoder> {
  private static final int ROWS = 4;

  /** For the test class of an encoder. */
  protected EncoderContract() {}

  /**
   * Whether a draw is a smooth function of the posterior's parameters and of random numbers that do
   * not depend on them.
   *
   * @return false for a posterior that is drawn from by rejection, for example
   */
  protected boolean isReparameterised() {
    return true;
  }

  @Override
  final Class<?> service() {
    return EncoderProvider.class;
  }

  @Override
  final String section() {
    return "model.encoder";
  }

  @Override
  final Encoder create(EncoderProvider<?> provider, Settings settings, ModelShape shape) {
    return read(provider, settings, shape);
  }

  private static <S extends Record> Encoder read(
      EncoderProvider<S> provider, Settings settings, ModelShape shape) {
    return provider.create(provider.settings().read(settings), shape);
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
  final Distribution distribution(Bench<Encoder> bench, NDList inputs, Pass pass) {
    return encode(bench, bench.batch(inputs.get(0), SEED), pass);
  }

  @Override
  final Distribution single(Bench<Encoder> bench, Pass pass) {
    return encode(bench, bench.batch(bench.examples(1, SEED), SEED), pass);
  }

  private static Distribution encode(Bench<Encoder> bench, Batch batch, Pass pass) {
    return bench.component().encode(batch, Latents.none(), pass);
  }

  @Override
  final NDList outputs(Bench<Encoder> bench, NDList inputs, Pass pass) {
    NDList outputs = new NDList(super.outputs(bench, inputs, pass));
    Distribution posterior = begin(bench, inputs, pass);
    outputs.add(posterior.mean());
    if (posterior instanceof Density density) {
      outputs.add(density.logProbPairwise(value(inputs)));
    }
    return outputs;
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
      for (Batch batch : List.of(bench.batch(x, SEED), Batch.of(x))) {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          checkPosterior(bench, encode(bench, batch, bench.inference()), rows);
        }
      }
    }
  }

  private static void checkPosterior(Bench<Encoder> bench, Distribution posterior, int rows) {
    int latents = bench.shape().latentSize();
    ResultChecks.distribution(posterior, new Shape(rows), new Shape(latents), "the posterior");
    if (posterior instanceof Density density) {
      NDArray sample = density.sample(new Shape(2));
      check(sample, new Shape(2, rows, latents), "sample((2))", "(S, B, M)", false);
    }
    Draw draw = posterior.draw(new Shape(2));
    check(posterior.mean(), new Shape(rows, latents), "mean()", "(B, M)", false);
    check(draw.value(), new Shape(2, rows, latents), "draw((2)).value()", "(S, B, M)", false);
    check(draw.logProb(), new Shape(2, rows), "draw((2)).logProb()", "(S, B)", true);
    NDArray one = posterior.draw(new Shape()).value();
    check(one, new Shape(rows, latents), "draw(()).value()", "(B, M)", false);
    if (posterior instanceof Density density) {
      NDArray each = density.logProb(draw.value());
      check(each, new Shape(2, rows), "logProb(z) of shape (S, B, M)", "(S, B)", true);
      NDArray own = density.logProb(bench.latents(rows, SEED));
      check(own, new Shape(rows), "logProb(z) of shape (B, M)", "(B)", true);
      NDArray pairs = density.logProbPairwise(bench.latents(5, SEED));
      check(pairs, new Shape(5, rows), "logProbPairwise(z) of shape (N, M)", "(N, B)", true);
    }
  }

  private static void check(
      NDArray result, Shape shape, String call, String letters, boolean alsoFloat64) {
    ResultChecks.shape(result, shape, "the posterior's " + call, "it is " + letters);
    ResultChecks.type(result, "the posterior's " + call, alsoFloat64);
    ResultChecks.finite(
        result, "the posterior's " + call, "keep log variances within bounds (Tensors.clamp)");
  }

  @Test
  final void eachExampleIsEncodedByItself() {
    try (Bench<Encoder> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = bench.examples(3, SEED);
      NDArray batch = encode(bench, Batch.of(x), bench.inference()).mean();
      for (int i = 0; i < 3; i++) {
        String row = i + ":" + (i + 1);
        NDArray alone = encode(bench, Batch.of(x.get(row)), bench.inference()).mean();
        ResultChecks.sameAlone(
            Arrays64.values(batch.get(row)), Arrays64.values(alone), "encode(x)");
      }
    }
  }

  @Test
  final void drawsAreReparameterised() {
    assumeTrue(isReparameterised(), "isReparameterised() is false");
    Preconditions.require("gradientsMatchFiniteDifferences", this::checkGradients);
    try (Bench<Encoder> bench = sound()) {
      NDList inputs = inputs(bench);
      assumeTrue(
          Arrays.deepEquals(seededDraws(bench, inputs), seededDraws(bench, inputs)),
          "not checked: theSeedDecidesWhatIsDrawn fails; mend that first");
      new Gradients(
              leaves(bench, inputs),
              () -> {
                bench.restoreState();
                Bench.seed(SEED);
                return draws(bench, inputs, bench.training());
              })
          .checkFiniteDifferences(false);
    }
  }

  private double[][] seededDraws(Bench<Encoder> bench, NDList inputs) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      bench.restoreState();
      Bench.seed(SEED);
      return Bench.values(draws(bench, inputs, bench.inference()));
    }
  }
}
