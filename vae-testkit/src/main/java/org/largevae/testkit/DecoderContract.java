package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Latents;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.DecoderProvider;
import org.largevae.api.tensor.Tensors;

/**
 * What holds for every decoder, of one level of latents and of several; one that can only be given
 * one level refuses others, {@link ModelShape#latentSizesAbove}. It is tested with a Gaussian
 * likelihood of two parameters a value; one that is written for another overrides {@link
 * #likelihood}.
 *
 * <pre>{@code
 * class GatedMlpDecoderContractTest extends DecoderContract {
 *   @Override
 *   protected DecoderProvider<?> provider() {
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
public abstract class DecoderContract extends DistributionContract<DecoderProvider<?>, Decoder> {
  private static final double FAR = 10;
  private static final int DRAWS = 4000;

  /** For the test class of a decoder. */
  protected DecoderContract() {}

  /**
   * The likelihood whose parameters the decoder gives.
   *
   * @param data what examples are made of
   * @return without parameters of its own; by default a Gaussian one that takes values of any kind
   */
  protected Likelihood likelihood(DataDescription data) {
    return new TestLikelihood(data, 2);
  }

  @Override
  final Class<?> service() {
    return DecoderProvider.class;
  }

  @Override
  final String section() {
    return "model.decoder";
  }

  @Override
  final Decoder create(DecoderProvider<?> provider, Settings settings, ModelShape shape) {
    return read(provider, settings, shape, likelihood(shape.data()));
  }

  private static <S extends Record> Decoder read(
      DecoderProvider<S> provider, Settings settings, ModelShape shape, Likelihood likelihood) {
    return provider.create(provider.settings().read(settings), shape, likelihood);
  }

  @Override
  final NDList inputs(Bench<Decoder> bench) {
    return new NDList(bench.latents(4, SEED), bench.examples(4, SEED));
  }

  @Override
  final List<String> inputNames(Bench<Decoder> bench) {
    return List.of("z");
  }

  @Override
  final Density distribution(Bench<Decoder> bench, NDList inputs, Pass pass) {
    return decode(bench, inputs.get(0), pass);
  }

  private static Density decode(Bench<Decoder> bench, NDArray z, Pass pass) {
    return bench.component().decode(Latents.of(z), pass);
  }

  @Override
  final NDArray values(Bench<Decoder> bench, int rows) {
    return bench.examples(rows, SEED);
  }

  @Override
  final String resultsTest() {
    return "decodedDistributionsAreFiniteAndOfTheRightShape";
  }

  @Test
  final void decodedDistributionsAreFiniteAndOfTheRightShape() {
    requireSoundPasses();
    try (Bench<Decoder> bench = initialized(shape(), Device.cpu())) {
      checkResults(bench);
    }
  }

  @Override
  final void checkResults(Bench<Decoder> bench) {
    for (int rows : new int[] {3, 1}) {
      NDArray x = bench.examples(rows, SEED);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDList levels = levels(bench, rows);
        checkDecoded(bench, new Latents(levels), x);
        checkDecoded(bench, LevelChecks.draws(levels(bench, 2 * rows), 2), x);
        if (latentSpace().isEuclidean()) {
          NDList far = new NDList();
          levels.forEach(z -> far.add(Tensors.multiply(z.sign(), FAR)));
          checkDecoded(bench, new Latents(far), x);
        }
      }
    }
  }

  /** Latents of all levels, shapes (rows, M_l). */
  private static NDList levels(Bench<Decoder> bench, int rows) {
    NDList levels = bench.latentsAbove(new Shape(rows), SEED);
    levels.add(bench.latents(rows, SEED));
    return levels;
  }

  private static void checkDecoded(Bench<Decoder> bench, Latents latents, NDArray x) {
    Density decoded = bench.component().decode(latents, bench.inference());
    Shape lowest = latents.lowest().getShape();
    int levels = latents.levels().size();
    String of =
        "what decode(z), z of shape "
            + lowest
            + (levels == 1 ? "" : " the lowest of " + levels + " levels")
            + ", returned";
    Shape leading = lowest.slice(0, lowest.dimension() - 1);
    Shape example = new Shape(bench.shape().dimensions());
    ResultChecks.distribution(decoded, leading, example, of);
    NDArray logProb = decoded.logProb(x);
    ResultChecks.shape(logProb, leading, "logProb(x) of " + of, "one value for each latent");
    ResultChecks.finite(
        logProb, "logProb(x) of " + of, "bound what is exponentiated or divided by");
    String point = decoded.hasMean() ? "mean() of " : "pointEstimate() of ";
    NDArray shown = decoded.hasMean() ? decoded.mean() : decoded.pointEstimate();
    ResultChecks.shape(shown, leading.addAll(example), point + of, "an example for each latent");
    ResultChecks.finite(shown, point + of, "bound what is exponentiated or divided by");
  }

  @Test
  final void everyParameterOfTheLikelihoodIsGiven() {
    sound().close();
    assumeTrue(
        likelihood(description()) instanceof TestLikelihood,
        "the decoder is for one likelihood only: likelihood() is overridden");
    DecoderProvider<?> provider = provider();
    for (int count : new int[] {1, 3}) {
      Likelihood other = new TestLikelihood(description(), count);
      Decoder decoder;
      try {
        decoder = read(provider, settings(provider), shape(), other);
      } catch (SettingException | ConfigurationException refused) {
        continue;
      }
      try (Bench<Decoder> bench = new Bench<>(decoder, shape(), latentSpace(), Device.cpu())) {
        checkResults(bench.initialize(SEED, false));
      }
    }
  }

  @Test
  final void probabilitiesOfAllExamplesSumToOneAndAreThoseOfDraws() {
    sound().close();
    assumeTrue(
        likelihood(description()) instanceof TestLikelihood,
        "the decoder is for one likelihood only: likelihood() is overridden");
    DataShape picture = new DataShape(1, 3, 2);
    int size = picture.dimensions();
    ModelShape bits = ModelShape.of(DataDescription.of(picture, ValueKinds.BINARY), latentSize());
    Decoder decoder;
    try {
      decoder = read(provider(), settings(provider()), bits, new TestBits(size));
    } catch (SettingException | ConfigurationException refused) {
      abort("the decoder is not for 3 x 2 bits: " + refused.getMessage());
      return;
    }
    try (Bench<Decoder> bench = new Bench<>(decoder, bits, latentSpace(), Device.cpu());
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      bench.initialize(SEED, false).vary(SEED, NEAR);
      Density density = decode(bench, bench.latents(1, SEED), bench.inference());
      checkProbabilities(density, bench.inputManager(), size);
    }
  }

  private static void checkProbabilities(Density density, NDManager manager, int size) {
    int count = 1 << size;
    double[] all = new double[count * size];
    for (int i = 0; i < all.length; i++) {
      all[i] = i / size >> i % size & 1;
    }
    NDArray x = Arrays64.create(manager, all, new Shape(count, 1, size), DataType.FLOAT32);
    double[] probabilities =
        Arrays.stream(Arrays64.values(density.logProb(x))).map(Math::exp).toArray();
    double sum = Arrays.stream(probabilities).sum();
    assertThat(Math.abs(sum - 1) <= 1e-4)
        .withFailMessage(
            "exp(logProb(x)) sums to %s over all binary examples of %d values, not to 1: where a"
                + " value's distribution depends on others, it must be on earlier ones alone",
            sum, size)
        .isTrue();
    double[] draws = Arrays64.values(density.sample(new Shape(DRAWS)));
    double[] shares = new double[count];
    for (int draw = 0; draw < DRAWS; draw++) {
      int example = 0;
      for (int value = 0; value < size; value++) {
        example |= (int) draws[draw * size + value] << value;
      }
      shares[example] += 1.0 / DRAWS;
    }
    double distance = 0;
    double allowed = 0;
    for (int example = 0; example < count; example++) {
      distance += Math.abs(shares[example] - probabilities[example]) / 2;
      // the sum of the standard errors; 0.4 of it is expected
      allowed += Math.sqrt(probabilities[example] / DRAWS);
    }
    assertThat(distance <= allowed)
        .withFailMessage(
            "%d draws do not follow exp(logProb(x)): their shares differ by %.3f in total, chance"
                + " explains %.3f; sample and logProb must be of one distribution",
            DRAWS, distance, allowed)
        .isTrue();
  }

  @Test
  final void eachLatentIsDecodedByItself() {
    try (Bench<Decoder> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray z = bench.latents(6, SEED);
      NDArray x = bench.examples(1, SEED);
      double[] batch = Arrays64.values(decode(bench, z, bench.inference()).logProb(x));
      NDArray draws = z.reshape(2, 3, -1);
      double[] several = Arrays64.values(decode(bench, draws, bench.inference()).logProb(x));
      for (int i = 0; i < batch.length; i++) {
        NDArray row = z.get(i + ":" + (i + 1));
        double[] alone = Arrays64.values(decode(bench, row, bench.inference()).logProb(x));
        ResultChecks.sameAlone(new double[] {batch[i]}, alone, "decode(z), z of shape (B, M),");
        ResultChecks.sameAlone(
            new double[] {several[i]}, alone, "decode(z), z of shape (S, B, M),");
      }
    }
  }

  @Test
  final void latentsOfSeveralLevelsAreDecoded() {
    Preconditions.require("eachLatentIsDecodedByItself", this::eachLatentIsDecodedByItself);
    for (ModelShape shape : requireSeveralLevels()) {
      try (Bench<Decoder> bench = sound(shape);
          NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        checkResults(bench);
        int rows = 6;
        NDList levels = levels(bench, rows);
        NDArray x = bench.examples(1, SEED);
        double[] batch = logProb(bench, new Latents(levels), x);
        double[] several = logProb(bench, LevelChecks.draws(levels, 2), x);
        for (int i = 0; i < rows; i++) {
          double[] alone = logProb(bench, LevelChecks.row(levels, i), x);
          String call = "decode(z) of " + levels.size() + " levels, z of shape ";
          ResultChecks.sameAlone(new double[] {batch[i]}, alone, call + "(B, M),");
          ResultChecks.sameAlone(new double[] {several[i]}, alone, call + "(S, B, M),");
        }
      }
    }
  }

  private static double[] logProb(Bench<Decoder> bench, Latents latents, NDArray x) {
    return Arrays64.values(bench.component().decode(latents, bench.inference()).logProb(x));
  }

  /** A decoder may read the lowest level alone; what it reads, gradients reach. */
  @Test
  final void gradientsByTheLatentsOfSeveralLevelsMatchFiniteDifferences() {
    Preconditions.require("gradientsMatchFiniteDifferences", this::checkGradients);
    for (ModelShape shape : requireSeveralLevels()) {
      try (Bench<Decoder> bench = sound(shape)) {
        NDList inputs = levels(bench, 3);
        List<String> names = new ArrayList<>(LevelChecks.names(shape));
        names.add("the lowest latents");
        NDArray x = bench.examples(3, SEED);
        new Gradients(
                leaves(bench, inputs, names),
                () -> {
                  bench.restoreState();
                  Bench.seed(SEED);
                  Density decoded = bench.component().decode(new Latents(inputs), bench.training());
                  return new NDList(decoded.logProb(x.toType(inputs.get(0).getDataType(), false)));
                })
            .checkFiniteDifferences(true);
      }
    }
  }

  /** The sizes of two levels and of three that the decoder takes; skips the test if it does not. */
  private List<ModelShape> requireSeveralLevels() {
    List<ModelShape> shapes =
        Stream.of(List.of(4), LevelChecks.TWO_ABOVE)
            .map(above -> ModelShape.of(description(), latentSize(), above))
            .filter(this::isFor)
            .toList();
    assumeTrue(!shapes.isEmpty(), "the decoder takes one level of latents only");
    return shapes;
  }
}
