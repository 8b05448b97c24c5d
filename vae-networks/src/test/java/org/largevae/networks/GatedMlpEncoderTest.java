package org.largevae.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Latents;
import org.largevae.api.tensor.ShapeException;
import org.largevae.networks.posterior.GaussianPosterior;
import org.largevae.networks.posterior.GaussianPosteriorSettings;
import org.largevae.testkit.GradientCheck;

class GatedMlpEncoderTest {
  private static final ModelShape SHAPE =
      ModelShape.of(DataDescription.of(new DataShape(1, 2, 3), ValueKinds.REAL), 4);
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(29);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void momentsMatchThePlainNetworkInDoublePrecision() {
    GatedMlpEncoder encoder = initialised(List.of(7, 5), -6, 2);
    NDArray x = manager.randomNormal(new Shape(9, 6));

    DiagonalGaussian posterior = encode(encoder, x);

    assertThat(posterior.mean().getShape()).isEqualTo(new Shape(9, 4));
    assertThat(posterior.mean().getDataType()).isEqualTo(DataType.FLOAT32);
    PlainNetwork plain = new PlainNetwork(encoder.block().orElseThrow(), 2);
    double[][] means = PlainNetwork.rows(posterior.mean());
    double[][] logVariances = PlainNetwork.rows(posterior.logVariance());
    double[][] inputs = PlainNetwork.rows(x);
    for (int b = 0; b < 9; b++) {
      assertThat(means[b]).containsExactly(plain.head(inputs[b], 0, 4), within(1e-5));
      assertThat(logVariances[b]).containsExactly(plain.head(inputs[b], 1, 4), within(1e-5));
    }
  }

  @Test
  void logVarianceIsClamped() {
    GatedMlpEncoder encoder = initialised(List.of(5), -0.1, 0.2);
    NDArray x = manager.randomNormal(0, 20, new Shape(50, 6), DataType.FLOAT32);

    double[] logVariances = PlainNetwork.doubles(encode(encoder, x).logVariance());

    assertThat(DoubleStream.of(logVariances))
        .contains((double) -0.1f, (double) 0.2f)
        .allMatch(logVariance -> logVariance >= -0.1f && logVariance <= 0.2f);
  }

  @Test
  void meanIsNotClamped() {
    GatedMlpEncoder encoder = initialised(List.of(5), -0.1, 0.2);
    NDArray x = manager.randomNormal(0, 20, new Shape(50, 6), DataType.FLOAT32);

    assertThat(DoubleStream.of(PlainNetwork.doubles(encode(encoder, x).mean())))
        .anyMatch(mean -> mean > 2)
        .anyMatch(mean -> mean < -6);
  }

  @Test
  void gradientsMatchFiniteDifferencesAlsoAfterACollection() {
    GatedMlpEncoder encoder = new GatedMlpEncoder(SHAPE, 3, 2);
    Block block = encoder.block().orElseThrow();
    block.initialize(manager, DataType.FLOAT64);
    NDArray x = manager.randomNormal(new Shape(3, 6), DataType.FLOAT64);
    List<NDArray> leaves = new ArrayList<>(List.of(x));
    block.getParameters().values().forEach(parameter -> leaves.add(parameter.getArray()));

    GradientCheck.verify(
        leaves,
        () -> {
          DiagonalGaussian posterior = encode(encoder, x, Pass.training(manager));
          return posterior.mean().concat(posterior.logVariance(), 1);
        });
  }

  @Test
  void float64ParametersGiveFloat64Posteriors() {
    GatedMlpEncoder encoder = new GatedMlpEncoder(SHAPE, 3);
    encoder.block().orElseThrow().initialize(manager, DataType.FLOAT64);

    DiagonalGaussian posterior = encode(encoder, manager.ones(new Shape(1, 6), DataType.FLOAT64));

    assertThat(posterior.mean().getDataType()).isEqualTo(DataType.FLOAT64);
    assertThat(posterior.logVariance().getDataType()).isEqualTo(DataType.FLOAT64);
    assertThat(posterior.sample(new Shape()).getDataType()).isEqualTo(DataType.FLOAT64);
  }

  @Test
  void float32GradientsSurviveACollection() {
    GatedMlpEncoder encoder = initialised(List.of(7, 5), -6, 2);
    List<NDArray> leaves =
        encoder.block().orElseThrow().getParameters().values().stream()
            .map(Parameter::getArray)
            .toList();
    NDArray x = manager.randomNormal(new Shape(9, 6));
    NDArray z = manager.randomNormal(new Shape(9, 4));

    double[][] gradients =
        GradientCheck.verifyCollectionIsHarmless(
            leaves, () -> encode(encoder, x, Pass.training(manager)).logProb(z));

    assertThat(List.of(gradients))
        .hasSize(6)
        .allSatisfy(gradient -> assertThat(gradient).doesNotContain(0, Double.NaN));
  }

  @Test
  void parameterNamesAreUniqueAndStable() {
    Block block = initialised(List.of(7, 5), -6, 2).block().orElseThrow();

    assertThat(block.getParameters().keys())
        .containsExactly(
            "heads_weight",
            "heads_bias",
            "01gated_weight",
            "01gated_bias",
            "02gated_weight",
            "02gated_bias");
    assertThat(block.getParameters().values())
        .extracting(parameter -> parameter.getArray().getShape())
        .containsExactly(
            new Shape(8, 5),
            new Shape(8),
            new Shape(14, 6),
            new Shape(14),
            new Shape(10, 7),
            new Shape(10));
    assertThat(block.getOutputShapes(new Shape[] {new Shape(9, 6)}))
        .containsExactly(new Shape(9, 8));
  }

  @Test
  void theSeedDecidesTheStart() {
    Engine.getInstance().setRandomSeed(1);
    double[][] first = parameters(initialised(List.of(3), -6, 2));
    Engine.getInstance().setRandomSeed(1);
    double[][] again = parameters(initialised(List.of(3), -6, 2));
    Engine.getInstance().setRandomSeed(2);
    double[][] other = parameters(initialised(List.of(3), -6, 2));

    assertThat(again).isDeepEqualTo(first);
    for (int i = 0; i < first.length; i++) {
      assertThat(other[i]).isNotEqualTo(first[i]);
    }
  }

  @Test
  void headsStartByTheirOwnInputCount() {
    Block block = initialised(List.of(400), -6, 2).block().orElseThrow();

    double[] weights = PlainNetwork.doubles(block.getParameters().get("heads_weight").getArray());
    double[] biases = PlainNetwork.doubles(block.getParameters().get("heads_bias").getArray());

    double variance = 0;
    for (double weight : weights) {
      variance += weight * weight / weights.length;
    }
    // N(0, 2 / 400), within five standard errors
    assertThat(variance).isEqualTo(0.005, within(5 * 0.005 * Math.sqrt(2.0 / weights.length)));
    assertThat(DoubleStream.of(biases)).allMatch(bias -> Math.abs(bias) <= 1 / 20.0);
  }

  @Test
  void examplesOfAnotherShapeAreRefused() {
    GatedMlpEncoder encoder = initialised(List.of(3), -6, 2);

    assertThatThrownBy(() -> encode(encoder, manager.zeros(new Shape(2, 784))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("input of shape (2, 784) does not fit: the network takes (B, 6)");
    assertThatThrownBy(() -> encode(encoder, manager.zeros(new Shape(2, 2, 6))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("input of shape (2, 2, 6) does not fit: the network takes (B, 6)");
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatThrownBy(() -> new GatedMlpEncoder(SHAPE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hidden = []: must have at least one entry");
    assertThatThrownBy(() -> new GatedMlpEncoder(SHAPE, 3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hidden = [3, 0]: each must be at least 1");
    assertThatThrownBy(() -> new GaussianPosteriorSettings(2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("log-variance-min: must be below log-variance-max, which is 2.0");
    assertThatThrownBy(() -> initialised(List.of(3), -81, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("log-variance-min = -81.0: must be between -80 and 80");
  }

  private GatedMlpEncoder initialised(List<Integer> hidden, double least, double greatest) {
    GatedMlpEncoder encoder =
        new GatedMlpEncoder(
            new GatedMlpSettings(hidden),
            SHAPE,
            new GaussianPosterior(new GaussianPosteriorSettings(least, greatest), SHAPE));
    encoder.initialize(new OnlyManager(manager));
    return encoder;
  }

  private DiagonalGaussian encode(GatedMlpEncoder encoder, NDArray x) {
    return encode(encoder, x, Pass.inference(manager));
  }

  private static DiagonalGaussian encode(GatedMlpEncoder encoder, NDArray x, Pass pass) {
    return (DiagonalGaussian) encoder.encode(Batch.of(x), Latents.none(), pass);
  }

  private static double[][] parameters(GatedMlpEncoder encoder) {
    return encoder.block().orElseThrow().getParameters().values().stream()
        .map(parameter -> PlainNetwork.doubles(parameter.getArray()))
        .toArray(double[][]::new);
  }
}
