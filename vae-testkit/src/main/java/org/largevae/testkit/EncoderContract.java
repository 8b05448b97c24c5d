package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Pass;
import org.largevae.api.config.Settings;
import org.largevae.api.data.Batch;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Latents;
import org.largevae.api.network.Encoder;
import org.largevae.api.network.EncoderProvider;
import org.largevae.api.network.Posterior;

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
}
