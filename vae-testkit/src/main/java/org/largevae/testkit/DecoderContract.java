package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
import org.largevae.api.config.Settings;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.DecoderProvider;
import org.largevae.api.tensor.Tensors;

/**
 * What holds for every decoder.
 *
 * <pre>{@code
 * class GatedMlpDecoderContractTest extends DecoderContract {
 *   @Override
 *   protected DecoderProvider provider() {
 *     return new GatedMlpDecoderProvider();
 *   }
 *
 *   @Override
 *   protected String configuration() {
 *     return "hidden = [5]";
 *   }
 * }
 * }</pre>
 */
public abstract class DecoderContract extends ComponentContract<DecoderProvider, Decoder> {
  private static final int PARAMETERS = 2;
  private static final double FAR = 10;

  /** For the test class of a decoder. */
  protected DecoderContract() {}

  @Override
  final Class<DecoderProvider> kind() {
    return DecoderProvider.class;
  }

  @Override
  final String section() {
    return "model.decoder";
  }

  @Override
  final String nameKey() {
    return "type";
  }

  @Override
  final Decoder create(DecoderProvider provider, Settings settings, ModelShape shape) {
    return provider.create(settings, shape, PARAMETERS);
  }

  @Override
  final NDList inputs(Bench<Decoder> bench) {
    return new NDList(bench.latents(4, SEED));
  }

  @Override
  final List<String> inputNames(Bench<Decoder> bench) {
    return List.of("z");
  }

  @Override
  final NDList outputs(Bench<Decoder> bench, NDList inputs, Pass pass) {
    return bench.component().decode(inputs.get(0), pass);
  }

  @Override
  final NDList draws(Bench<Decoder> bench, NDList inputs, Pass pass) {
    return new NDList();
  }

  @Override
  final String resultsTest() {
    return "decodedArraysAreFiniteAndOfTheRightShape";
  }

  @Test
  final void decodedArraysAreFiniteAndOfTheRightShape() {
    requireSoundPasses();
    try (Bench<Decoder> bench = initialized(shape(), Device.cpu())) {
      checkResults(bench);
    }
  }

  @Override
  final void checkResults(Bench<Decoder> bench) {
    checkDecoded(bench, PARAMETERS);
  }

  @Test
  final void everyParameterOfTheLikelihoodGetsAnArray() {
    sound().close();
    DecoderProvider provider = provider();
    for (int count : new int[] {1, 3}) {
      Decoder decoder = provider.create(settings(provider), shape(), count);
      try (Bench<Decoder> bench = new Bench<>(decoder, shape(), Device.cpu())) {
        checkDecoded(bench.initialize(SEED, false), count);
      }
    }
  }

  private static void checkDecoded(Bench<Decoder> bench, int count) {
    for (int rows : new int[] {3, 1}) {
      NDArray z = bench.latents(rows, SEED);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        for (NDArray latents : List.of(z, Tensors.multiply(z.sign(), FAR))) {
          NDList decoded = bench.component().decode(latents, bench.inference());
          assertThat(decoded.size())
              .withFailMessage(
                  "decode(z) returned %d arrays, but the likelihood needs %d: as many as"
                      + " parameterCount says",
                  decoded.size(), count)
              .isEqualTo(count);
          decoded.forEach(array -> checkArray(array, rows, bench.shape()));
        }
      }
    }
  }

  private static void checkArray(NDArray array, int rows, ModelShape shape) {
    String call = "decode(z), z of shape " + new Shape(rows, shape.latentSize());
    String need = "the D values of one example a row";
    Results.shape(array, new Shape(rows, shape.dimensions()), call, need);
    Results.type(array, call, false);
    Results.finite(array, call, "bound what is exponentiated or divided by");
  }

  @Test
  final void eachLatentIsDecodedByItself() {
    try (Bench<Decoder> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray z = bench.latents(3, SEED);
      NDArray batch = bench.component().decode(z, bench.inference()).get(0);
      for (int i = 0; i < 3; i++) {
        String row = i + ":" + (i + 1);
        NDArray alone = bench.component().decode(z.get(row), bench.inference()).get(0);
        Results.sameAlone(Arrays64.values(batch.get(row)), Arrays64.values(alone), "decode(z)");
      }
    }
  }
}
