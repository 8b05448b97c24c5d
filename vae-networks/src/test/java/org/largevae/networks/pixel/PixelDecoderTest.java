package org.largevae.networks.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Latents;
import org.largevae.api.distribution.Noise;
import org.largevae.api.network.Decoder;

/** What both autoregressive decoders must do, with all values of their settings. */
class PixelDecoderTest {
  private NDManager manager;
  private NDScope scope;

  /** A decoder by its settings. */
  interface Network {
    Decoder decoder(ModelShape shape, RecordedBernoulli likelihood);
  }

  record Named(String name, Network network) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Named> decoders() {
    return Stream.of(
        pixelCnn(4, PixelNormalization.NONE, LatentMaps.OPEN, 3),
        pixelCnn(4, PixelNormalization.NONE, LatentMaps.MASKED, 5),
        pixelCnn(4, PixelNormalization.BATCH, LatentMaps.MASKED, 3),
        pixelCnn(4, PixelNormalization.BATCH, LatentMaps.OPEN, 3),
        gated(4, 3),
        gated(4, 5));
  }

  private static Named pixelCnn(
      int layers, PixelNormalization normalization, LatentMaps maps, int kernel) {
    PixelCnnSettings settings = new PixelCnnSettings(layers, 8, kernel, normalization, maps, true);
    return new Named(
        settings.toString(),
        (shape, likelihood) -> new PixelCnnDecoder(settings, shape, likelihood));
  }

  private static Named gated(int layers, int kernel) {
    GatedPixelCnnSettings settings = new GatedPixelCnnSettings(layers, 8, kernel);
    return new Named(
        settings.toString(),
        (shape, likelihood) -> new GatedPixelCnnDecoder(settings, shape, likelihood));
  }

  @BeforeEach
  void begin() {
    manager = NDManager.newBaseManager();
    scope = new NDScope();
    scope.suppressNotUsedWarning();
  }

  @AfterEach
  void end() {
    scope.close();
    manager.close();
  }

  private ModelShape shape(int channels, int height, int width) {
    DataShape picture = new DataShape(channels, height, width);
    return ModelShape.of(DataDescription.of(picture, ValueKinds.BINARY), 3, List.of(2));
  }

  /** A decoder whose parameters, running statistics included, are random. */
  private Decoder decoder(Named named, ModelShape shape, RecordedBernoulli likelihood, int seed) {
    Engine.getInstance().setRandomSeed(seed);
    Decoder decoder = named.network().decoder(shape, likelihood);
    decoder.block().orElseThrow().initialize(manager, DataType.FLOAT32);
    for (Parameter parameter : decoder.block().orElseThrow().getParameters().values()) {
      NDArray array = parameter.getArray();
      NDArray noise = manager.randomUniform(0, 0.5f, array.getShape());
      boolean isVariance = parameter.getName().endsWith("variance");
      array.set(new NDIndex("..."), isVariance ? noise.add(0.1) : array.add(noise.sub(0.25)));
    }
    return decoder;
  }

  private Latents latents(ModelShape shape, int rows, int seed) {
    Engine.getInstance().setRandomSeed(seed);
    Latents latents = Latents.none();
    for (int size : shape.latentSizesAbove()) {
      latents = latents.with(manager.randomNormal(new Shape(rows, size)));
    }
    return latents.with(manager.randomNormal(new Shape(rows, shape.latentSize())));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void theProbabilitiesOfAllPicturesSumToOne(Named named) {
    ModelShape shape = shape(1, 3, 3);
    Decoder decoder = decoder(named, shape, new RecordedBernoulli(9), 1);
    Density density = decoder.decode(latents(shape, 2, 2), Pass.inference(manager));
    float[] pictures = new float[512 * 9];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = (i / 9 >> i % 9) & 1;
    }
    NDArray x = manager.create(pictures, new Shape(512, 1, 9));

    double[] sums =
        density.logProb(x).toType(DataType.FLOAT64, false).exp().sum(new int[] {0}).toDoubleArray();

    assertThat(sums).hasSize(2);
    assertThat(sums[0]).isCloseTo(1, within(1e-5));
    assertThat(sums[1]).isCloseTo(1, within(1e-5));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void noPixelDependsOnItselfOrALaterOne(Named named) {
    int channels = 3;
    int height = 4;
    int width = 5;
    int pixels = height * width;
    ModelShape shape = shape(channels, height, width);
    RecordedBernoulli likelihood = new RecordedBernoulli(channels * pixels);
    Decoder decoder = decoder(named, shape, likelihood, 1);
    Density density = decoder.decode(latents(shape, 1, 2), Pass.inference(manager));
    // the first picture, then one for each value, which is another there
    float[][] logits =
        logits(density, likelihood, manager.eye(channels * pixels), channels * pixels);

    for (int changed = 0; changed < channels * pixels; changed++) {
      for (int seen = 0; seen < channels * pixels; seen++) {
        if (seen % pixels <= changed % pixels) {
          assertThat(logits[1 + changed][seen])
              .describedAs("value %d, of value %d", seen, changed)
              .isEqualTo(logits[0][seen], within(1e-6f));
        }
      }
    }
  }

  /** The logits of the picture of zeros, then of others. */
  private float[][] logits(
      Density density, RecordedBernoulli likelihood, NDArray others, int dimensions) {
    NDArray all = manager.zeros(new Shape(1, dimensions)).concat(others, 0);
    likelihood.recorded();
    density.logProb(all);
    float[] found = likelihood.recorded().get(0);
    float[][] rows = new float[found.length / dimensions][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Arrays.copyOfRange(found, row * dimensions, (row + 1) * dimensions);
    }
    return rows;
  }

  @Test
  void theGatedDecoderHasNoBlindSpot() {
    boolean[][] sees = sees(gated(6, 3), 5, 6);
    for (int seen = 0; seen < sees.length; seen++) {
      for (int changed = 0; changed < seen; changed++) {
        assertThat(sees[seen][changed])
            .describedAs("pixel %d sees pixel %d", seen, changed)
            .isTrue();
      }
    }
  }

  @Test
  void thePixelCnnDoesNotSeeWhatIsRightOfADiagonal() {
    int width = 6;
    boolean[][] sees = sees(pixelCnn(4, PixelNormalization.NONE, LatentMaps.OPEN, 3), 5, width);
    for (int seen = 0; seen < sees.length; seen++) {
      for (int changed = 0; changed < seen; changed++) {
        int up = seen / width - changed / width;
        int right = changed % width - seen % width;
        // four layers, the first of which does not see the pixel itself
        boolean near = Math.max(up, -right) <= 4;
        if (right > up) {
          assertThat(sees[seen][changed]).isFalse();
        } else if (near) {
          assertThat(sees[seen][changed])
              .describedAs("pixel %d sees pixel %d", seen, changed)
              .isTrue();
        }
      }
    }
  }

  /** Whether the logit of a pixel (first index) changes with another pixel. */
  private boolean[][] sees(Named named, int height, int width) {
    int pixels = height * width;
    ModelShape shape = shape(1, height, width);
    boolean[][] sees = new boolean[pixels][pixels];
    // what one network's ReLUs cut off another's may not
    for (int seed = 1; seed <= 8; seed++) {
      RecordedBernoulli likelihood = new RecordedBernoulli(pixels);
      Density density =
          decoder(named, shape, likelihood, seed)
              .decode(latents(shape, 1, seed), Pass.inference(manager));
      float[][] logits = logits(density, likelihood, manager.eye(pixels), pixels);
      for (int changed = 0; changed < pixels; changed++) {
        for (int seen = 0; seen < pixels; seen++) {
          sees[seen][changed] |= logits[1 + changed][seen] != logits[0][seen];
        }
      }
    }
    return sees;
  }

  /** Against the plain loop: all pixels' outputs anew for each pixel. */
  @ParameterizedTest
  @MethodSource("decoders")
  void drawsAreThoseOfTheNaiveLoop(Named named) {
    int channels = 3;
    int height = 5;
    int width = 4;
    int pixels = height * width;
    int rows = 6;
    ModelShape shape = shape(channels, height, width);
    for (int seed = 1; seed <= 3; seed++) {
      RecordedBernoulli likelihood = new RecordedBernoulli(channels * pixels);
      Density density =
          decoder(named, shape, likelihood, seed)
              .decode(latents(shape, rows, seed), Pass.inference(manager));
      long[] seeds = {seed, 2, 3, 4, 5, 6};

      float[] drawn = density.sample(new Shape(), Noise.ofExamples(seeds)).toFloatArray();
      List<float[]> outputs = likelihood.recorded();

      Noise noise = Noise.ofExamples(seeds);
      float[] x = new float[rows * channels * pixels];
      assertThat(outputs).hasSize(pixels);
      for (int pixel = 0; pixel < pixels; pixel++) {
        density.logProb(manager.create(x, new Shape(rows, channels * pixels)));
        float[] all = likelihood.recorded().get(0);
        float[] uniform =
            noise.uniform(manager, new Shape(rows, channels), DataType.FLOAT32).toFloatArray();
        for (int i = 0; i < rows * channels; i++) {
          float logit = all[i * pixels + pixel];
          assertThat(outputs.get(pixel)[i]).isEqualTo(logit, within(1e-5f));
          x[i * pixels + pixel] = uniform[i] < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
        }
      }
      assertThat(drawn).isEqualTo(x);
      assertThat(x).contains(0, 1);
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void whatStandsForItIsADrawThatStaysTheSame(Named named) {
    ModelShape shape = shape(1, 4, 4);
    Decoder decoder = decoder(named, shape, new RecordedBernoulli(16), 1);
    Latents latents = latents(shape, 3, 2);
    Density density = decoder.decode(latents, Pass.inference(manager));

    assertThat(density.hasMean()).isFalse();
    assertThatThrownBy(density::mean)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("autoregressive");
    float[] three = density.pointEstimate().toFloatArray();
    assertThat(three).hasSize(48).containsOnly(0, 1);
    assertThat(density.pointEstimate().toFloatArray()).isEqualTo(three);
    NDArray second = manager.create(new long[] {1});
    assertThat(density.select(second).pointEstimate().toFloatArray())
        .isEqualTo(Arrays.copyOfRange(three, 16, 32));
  }

  @Test
  void manyPicturesAreTakenInParts() {
    int pixels = 64 * 64;
    int rows = 600;
    ModelShape shape = shape(1, 64, 64);
    Named named = pixelCnn(1, PixelNormalization.BATCH, LatentMaps.OPEN, 3);
    Decoder decoder = decoder(named, shape, new RecordedBernoulli(pixels), 1);
    Density density = decoder.decode(latents(shape, rows, 2), Pass.inference(manager));
    NDArray x = manager.zeros(new Shape(pixels));

    float[] together = density.logProb(x).toFloatArray();

    assertThat(together).hasSize(rows);
    NDArray ends = manager.create(new long[] {0, rows - 1});
    float[] alone = density.select(ends).logProb(x).toFloatArray();
    assertThat(together[0]).isEqualTo(alone[0], within(0.05f));
    assertThat(together[rows - 1]).isEqualTo(alone[1], within(0.05f));
  }
}
