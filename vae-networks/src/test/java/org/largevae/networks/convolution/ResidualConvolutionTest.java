package org.largevae.networks.convolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Latents;
import org.largevae.networks.NetworkLayers;
import org.largevae.networks.posterior.GaussianPosterior;

class ResidualConvolutionTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(9);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 28, 20, GROUP",
    "1, 6, 5, NONE",
    "1, 7, 9, BATCH",
    "3, 32, 32, GROUP",
    "3, 13, 5, BATCH"
  })
  void picturesOfAnySizeAreEncodedAndDecoded(
      int channels, int height, int width, Normalization normalization) {
    ModelShape shape = Pictures.shape(channels, height, width, 4, 3);
    ResidualConvolutionSettings settings =
        new ResidualConvolutionSettings(List.of(2, 4, 4), 1, normalization, 2, 5);
    ResidualConvolutionEncoder encoder =
        Pictures.started(
            new ResidualConvolutionEncoder(settings, shape, new GaussianPosterior(shape)), manager);
    PixelHeads likelihood = new PixelHeads(new Shape(2, shape.dimensions()));
    ResidualConvolutionDecoder decoder =
        Pictures.started(new ResidualConvolutionDecoder(settings, shape, likelihood), manager);
    NDArray x = Pictures.uniform(manager, 3, shape.dimensions());
    NDArray above = Pictures.normal(manager, 2, 3, 3);

    for (Pass pass : List.of(Pass.inference(manager), Pass.training(manager))) {
      Distribution posterior = encoder.encode(Pictures.trained(x), Latents.of(above), pass);
      NDArray parameters = decoder.decode(Latents.of(above).with(posterior.mean()), pass).mean();

      assertThat(posterior.batch()).isEqualTo(new Shape(2, 3));
      assertThat(parameters.getShape()).isEqualTo(new Shape(2, 3, 2, shape.dimensions()));
      assertThat(DoubleStream.of(Pictures.doubles(parameters))).allMatch(Double::isFinite);
    }
    // 4 maps of ceil(ceil(H/2)/2) x ceil(ceil(W/2)/2)
    long features = 4L * ((height + 3) / 4) * ((width + 3) / 4);
    assertThat(
            encoder.block().orElseThrow().getParameters().values().stream()
                .anyMatch(parameter -> parameter.getShape().equals(new Shape(2 * features, 3))))
        .isTrue();
  }

  @Test
  void groupsOfAnExamplesChannelsAreNormalisedByTheirOwnStatistics() {
    NetworkLayers layers = new NetworkLayers();
    GroupNormalization normalization = new GroupNormalization(layers, 4, 2);
    layers.initialize(manager, DataType.FLOAT32);
    layers.getParameters().get("01norm_weight").getArray().set(new float[] {1, 2, 1, 1});
    layers.getParameters().get("01norm_bias").getArray().set(new float[] {0, 0, 0, 5});
    // groups (1, 3, 5, 7) and (0, 0, 0, 12) of one example, another of zeros
    float[] values = new float[16];
    System.arraycopy(new float[] {1, 3, 5, 7, 0, 0, 0, 12}, 0, values, 0, 8);
    NDArray x = manager.create(values, new Shape(2, 4, 1, 2));

    NDArray y = normalization.of(x, Pass.training(manager), true);

    double first = 1 / Math.sqrt(5 + 1e-5);
    double second = 1 / Math.sqrt(27 + 1e-5);
    assertThat(Pictures.doubles(y.get(0)))
        .containsExactly(
            new double[] {
              -3 * first,
              -first,
              2 * first,
              6 * first,
              -3 * second,
              -3 * second,
              5 - 3 * second,
              5 + 9 * second
            },
            within(1e-5));
    assertThat(Pictures.doubles(y.get(1)))
        .containsExactly(new double[] {0, 0, 0, 0, 0, 0, 5, 5}, within(1e-5));
  }
}
