package org.largevae.networks.convolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Latents;
import org.largevae.networks.NetworkLayers;
import org.largevae.networks.posterior.GaussianPosterior;

class BatchNormalizedNetworksTest {
  private static final ModelShape SHAPE = Pictures.grey(5, 6, 2);
  private static final ResidualConvolutionSettings SETTINGS =
      new ResidualConvolutionSettings(List.of(3, 2), 1, Normalization.BATCH, 1, 4);

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(7);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void aTrainedBatchIsNormalisedByItsOwnStatisticsWhichMoveTheRunningOnes() {
    NetworkLayers layers = new NetworkLayers();
    Normalizer normalization = Normalization.BATCH.of(layers, 2, 1);
    layers.initialize(manager, DataType.FLOAT32);
    // channel 0: 1, 3, 5, 7; channel 1: 0, 0, 0, 12
    NDArray x = manager.create(new float[] {1, 3, 0, 0, 5, 7, 0, 12}, new Shape(2, 2, 1, 2));

    NDArray y = normalization.of(x, Pass.training(manager), true);

    double first = 1 / Math.sqrt(5 + 1e-5);
    double second = 1 / Math.sqrt(27 + 1e-5);
    assertThat(Pictures.doubles(y))
        .containsExactly(
            new double[] {
              -3 * first,
              -first,
              -3 * second,
              -3 * second,
              first,
              3 * first,
              -3 * second,
              9 * second
            },
            within(1e-6));
    // a tenth of the mean, and of the unbiased variances 20/3 and 36
    assertThat(state(layers, "01norm_running_mean"))
        .containsExactly(new double[] {0.4, 0.3}, within(1e-6));
    assertThat(state(layers, "01norm_running_variance"))
        .containsExactly(new double[] {0.9 + 2.0 / 3, 0.9 + 3.6}, within(1e-6));

    double[] before = state(layers, "01norm_running_variance");
    double[] later = Pictures.doubles(normalization.of(x, Pass.training(manager), false));
    assertThat(later[0]).isEqualTo((1 - 0.4) / Math.sqrt(0.9 + 2.0 / 3 + 1e-5), within(1e-6));
    assertThat(state(layers, "01norm_running_variance")).containsExactly(before);

    NDArray single = manager.create(new float[] {1, 2}, new Shape(1, 2, 1, 1));
    assertThat(Pictures.doubles(normalization.of(single, Pass.training(manager), true))[0])
        .isEqualTo(later[0], within(1e-6));
    assertThat(state(layers, "01norm_running_variance")).containsExactly(before);
  }

  private static double[] state(NetworkLayers layers, String name) {
    return Pictures.doubles(layers.getParameters().get(name).getArray());
  }

  /**
   * The prior's pass over pseudo-inputs comes before the examples', whose statistics then change.
   */
  @Test
  void aGradientIsThatOfTheStatisticsThatWereUsed() {
    NetworkLayers layers = new NetworkLayers();
    Normalizer normalization = Normalization.BATCH.of(layers, 1, 1);
    layers.initialize(manager, DataType.FLOAT32);
    NDArray u = Pictures.normal(manager, 1, 1, 2, 2);
    NDArray x = manager.full(new Shape(3, 1, 2, 2), 50f).add(Pictures.normal(manager, 3, 1, 2, 2));
    u.setRequiresGradient(true);

    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      Pass pass = Pass.training(manager);
      NDArray pseudo = normalization.of(u, pass, false);
      normalization.of(x.mul(x), pass, true);
      collector.backward(pseudo.sum());
    }

    assertThat(Pictures.doubles(u.getGradient())[0])
        .isEqualTo(1 / Math.sqrt(1 + 1e-5), within(1e-6));
    assertThat(state(layers, "01norm_running_variance")[0]).isGreaterThan(100);
  }

  @Test
  void onlyExamplesThatAreTrainedOnMoveTheRunningStatistics() {
    ResidualConvolutionEncoder encoder = encoder();
    NDArray x = Pictures.uniform(manager, 4, 30);
    double[][] start = values(encoder);

    encoder.encode(Batch.of(x), Latents.none(), Pass.training(manager));
    encoder.encode(Pictures.trained(x), Latents.none(), Pass.inference(manager));
    assertThat(values(encoder)).isDeepEqualTo(start);

    encoder.encode(Pictures.trained(x), Latents.none(), Pass.training(manager));
    assertThat(Arrays.deepEquals(values(encoder), start)).isFalse();
  }

  @Test
  void inferenceLeavesExamplesAndCopiesOfOneAlone() {
    ResidualConvolutionEncoder encoder = encoder();
    ResidualConvolutionDecoder decoder = decoder();
    train(encoder, decoder, 3);
    Pass pass = Pass.inference(manager);
    NDArray x = Pictures.uniform(manager, 4, 30);
    NDArray z = Pictures.normal(manager, 4, 2);
    NDArray means = encoder.encode(Batch.of(x), Latents.none(), pass).mean();
    NDArray decoded = decoder.decode(Latents.of(z), pass).mean();

    NDArray one = x.get("1:2");
    NDArray copies = manager.zeros(new Shape(5, 30)).add(one);
    assertThat(Pictures.doubles(encoder.encode(Batch.of(copies), Latents.none(), pass).mean()))
        .containsExactly(Pictures.doubles(means.get("1:2").repeat(0, 5)), within(1e-6));
    NDArray latents = manager.zeros(new Shape(5, 1, 2)).add(z.get("1:2"));
    assertThat(Pictures.doubles(decoder.decode(Latents.of(latents), pass).mean()))
        .containsExactly(Pictures.doubles(decoded.get("1:2").repeat(0, 5)), within(1e-6));
  }

  @Test
  void savedAndResumedTrainingGoesOnToTheLastBit() {
    ResidualConvolutionEncoder encoder = encoder();
    ResidualConvolutionDecoder decoder = decoder();
    train(encoder, decoder, 2);
    ResidualConvolutionEncoder otherEncoder = encoder();
    ResidualConvolutionDecoder otherDecoder = decoder();
    copy(encoder, otherEncoder);
    copy(decoder, otherDecoder);

    double[] through = train(encoder, decoder, 4);
    double[] resumed = train(otherEncoder, otherDecoder, 4);

    assertThat(resumed).containsExactly(through);
    assertThat(values(otherEncoder)).isDeepEqualTo(values(encoder));
    assertThat(values(otherDecoder)).isDeepEqualTo(values(decoder));
  }

  /** Passes over batches of training; what the last of them decoded. */
  private double[] train(Component encoder, Component decoder, int passes) {
    Engine.getInstance().setRandomSeed(passes);
    double[] last = {};
    for (int i = 0; i < passes; i++) {
      Pass pass = Pass.training(manager);
      NDArray x = Pictures.uniform(manager, 3, 30);
      NDArray z =
          ((ResidualConvolutionEncoder) encoder)
              .encode(Pictures.trained(x), Latents.none(), pass)
              .mean();
      last =
          Pictures.doubles(
              ((ResidualConvolutionDecoder) decoder).decode(Latents.of(z), pass).mean());
    }
    return last;
  }

  private static void copy(Component from, Component to) {
    var values = from.block().orElseThrow().getParameters();
    to.block()
        .orElseThrow()
        .getParameters()
        .forEach(
            pair ->
                pair.getValue()
                    .getArray()
                    .set(new NDIndex("..."), values.get(pair.getKey()).getArray()));
  }

  private static double[][] values(Component component) {
    return component.block().orElseThrow().getParameters().values().stream()
        .map(parameter -> Pictures.doubles(parameter.getArray()))
        .toArray(double[][]::new);
  }

  private ResidualConvolutionEncoder encoder() {
    return Pictures.started(
        new ResidualConvolutionEncoder(SETTINGS, SHAPE, new GaussianPosterior(SHAPE)), manager);
  }

  private ResidualConvolutionDecoder decoder() {
    PixelHeads likelihood = new PixelHeads(new Shape(1, 30));
    return Pictures.started(new ResidualConvolutionDecoder(SETTINGS, SHAPE, likelihood), manager);
  }
}
