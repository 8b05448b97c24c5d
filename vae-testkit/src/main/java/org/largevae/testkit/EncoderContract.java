package org.largevae.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Pass;
import org.largevae.api.config.Settings;
import org.largevae.api.data.Batch;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Latents;
import org.largevae.api.network.Encoder;
import org.largevae.api.network.EncoderProvider;
import org.largevae.api.network.Posterior;

/**
 * What holds for every encoder and the posteriors it gives, at the top of a model and below other
 * levels. An encoder that cannot stand below others refuses a level with {@link
 * ModelShape#latentSizesAbove}. Where {@link #description()} says that values may be missing, it is
 * given batches that lack some.
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
public abstract class EncoderContract extends PosteriorDrawsContract<EncoderProvider<?>, Encoder> {
  private static final int ROWS = 4;

  /** For the test class of an encoder. */
  protected EncoderContract() {}

  /**
   * The posterior whose parameters the encoder gives.
   *
   * @param shape its level's sizes
   * @return without parameters of its own; by default a Gaussian one
   */
  protected Posterior posterior(ModelShape shape) {
    return new TestPosterior(shape);
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
    return read(provider, settings, shape, posterior(shape));
  }

  private static <S extends Record> Encoder read(
      EncoderProvider<S> provider, Settings settings, ModelShape shape, Posterior posterior) {
    return provider.create(provider.settings().read(settings), shape, posterior);
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
  final void checkResults(Bench<Encoder> bench) {
    for (int rows : new int[] {3, 1}) {
      NDArray x = bench.examples(rows, SEED);
      for (Batch batch : List.of(bench.batch(x, SEED), Batch.of(x))) {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          PosteriorChecks.check(bench, encode(bench, batch, bench.inference()), rows, SEED);
        }
      }
    }
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
  final void eachDrawOfTheLatentsAboveIsEncodedWithItsExample() {
    Preconditions.require("eachExampleIsEncodedByItself", this::eachExampleIsEncodedByItself);
    try (Bench<Encoder> bench = below();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int draws = 2;
      int rows = 3;
      NDArray x = bench.examples(rows, SEED);
      NDList above = bench.latentsAbove(new Shape(draws * rows), SEED);
      Distribution together = below(bench, x, LevelChecks.draws(above, draws));
      ResultChecks.distribution(
          together,
          new Shape(draws, rows),
          new Shape(latentSize()),
          "the posterior of 3 examples and 2 draws of latents above for each");
      double[] means = Arrays64.values(together.mean());
      for (int i = 0; i < draws * rows; i++) {
        int row = i % rows;
        NDArray example = x.get(row + ":" + (row + 1));
        double[] alone = Arrays64.values(below(bench, example, LevelChecks.row(above, i)).mean());
        double[] found = Arrays.copyOfRange(means, i * latentSize(), (i + 1) * latentSize());
        ResultChecks.sameAlone(
            found, alone, "encode(x, above), latents above of shape (S, B, M), draw " + i / rows);
      }
    }
  }

  @Test
  final void gradientsReachTheLatentsAbove() {
    Preconditions.require("gradientsMatchFiniteDifferences", this::checkGradients);
    try (Bench<Encoder> bench = below()) {
      NDList inputs = inputsBelow(bench);
      List<Leaf> leaves = leavesBelow(bench, inputs);
      Gradients gradients = new Gradients(leaves, () -> outputsBelow(bench, inputs));
      LevelChecks.everyLevelCounts(
          gradients,
          leaves.subList(0, bench.shape().latentSizesAbove().size()),
          "the posterior that encode(x, above) returns",
          ", or refuse such a level, where shape.latentSizesAbove() is not empty, with a"
              + " SettingException");
      gradients.checkFiniteDifferences(false);
    }
  }

  @Test
  final void gradientsByTheLatentsAboveSurviveAGarbageCollection() {
    Preconditions.require(
        "gradientsSurviveAGarbageCollection", this::gradientsSurviveAGarbageCollection);
    try (Bench<Encoder> bench = below()) {
      NDList inputs = inputsBelow(bench);
      new Gradients(leavesBelow(bench, inputs), () -> outputsBelow(bench, inputs))
          .checkGarbageCollection();
    }
  }

  @Test
  final void latentsAboveOfOtherSizesAreRefused() {
    Preconditions.require("gradientsReachTheLatentsAbove", this::gradientsReachTheLatentsAbove);
    try (Bench<Encoder> bench = below();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = bench.examples(3, SEED);
      LevelChecks.otherSizesAreRefused(bench, above -> below(bench, x, above), "encode(x, above)");
    }
  }

  /** A bench with an encoder below two levels; skips the test where there can be none. */
  private Bench<Encoder> below() {
    ModelShape shape = ModelShape.of(description(), latentSize(), LevelChecks.TWO_ABOVE);
    assumeTrue(isFor(shape), "the encoder cannot stand below other levels");
    return sound(shape);
  }

  private static Distribution below(Bench<Encoder> bench, NDArray x, Latents above) {
    return bench.component().encode(Batch.of(x), above, bench.inference());
  }

  /** Two draws of the latents above, then examples, then values of the posterior. */
  private static NDList inputsBelow(Bench<Encoder> bench) {
    NDList inputs = bench.latentsAbove(new Shape(2, ROWS), SEED);
    inputs.add(bench.examples(ROWS, SEED));
    inputs.add(bench.latents(ROWS, SEED));
    return inputs;
  }

  private List<Leaf> leavesBelow(Bench<Encoder> bench, NDList inputs) {
    List<String> names = new ArrayList<>(LevelChecks.names(bench.shape()));
    names.addAll(inputNames(bench));
    return leaves(bench, inputs, names);
  }

  private static NDList outputsBelow(Bench<Encoder> bench, NDList inputs) {
    int levels = bench.shape().latentSizesAbove().size();
    Latents above = new Latents(inputs.subList(0, levels));
    bench.restoreState();
    Bench.seed(SEED);
    Batch batch = bench.batch(inputs.get(levels), SEED);
    Distribution posterior = bench.component().encode(batch, above, bench.training());
    return posterior instanceof Density density
        ? new NDList(density.mean(), density.logProb(value(inputs)))
        : new NDList(posterior.mean());
  }
}
