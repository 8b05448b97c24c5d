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
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.network.Encoder;
import org.largevae.api.tensor.ShapeException;
import org.largevae.testkit.GradientCheck;

class GatedMlpEncoderTest {
  private static final ModelShape SHAPE = new ModelShape(new DataShape(1, 2, 3), Support.REAL, 4);
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
    Encoder encoder = initialised(List.of(7, 5), -6, 2);
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
    Encoder encoder = initialised(List.of(5), -0.1, 0.2);
    NDArray x = manager.randomNormal(0, 20, new Shape(50, 6), DataType.FLOAT32);

    double[] logVariances = PlainNetwork.doubles(encode(encoder, x).logVariance());

    assertThat(DoubleStream.of(logVariances))
        .contains((double) -0.1f, (double) 0.2f)
        .allMatch(logVariance -> logVariance >= -0.1f && logVariance <= 0.2f);
  }

  @Test
  void meanIsNotClamped() {
    Encoder encoder = initialised(List.of(5), -0.1, 0.2);
    NDArray x = manager.randomNormal(0, 20, new Shape(50, 6), DataType.FLOAT32);

    assertThat(DoubleStream.of(PlainNetwork.doubles(encode(encoder, x).mean())))
        .anyMatch(mean -> mean > 2)
        .anyMatch(mean -> mean < -6);
  }

  @Test
  void gradientsMatchFiniteDifferencesAlsoAfterACollection() {
    Encoder encoder = new GatedMlpEncoder(SHAPE, List.of(3, 2), -6, 2);
    Block block = encoder.block().orElseThrow();
    block.initialize(manager, DataType.FLOAT64);
    NDArray x = manager.randomNormal(new Shape(3, 6), DataType.FLOAT64);
    List<NDArray> leaves = new ArrayList<>(List.of(x));
    block.getParameters().values().forEach(parameter -> leaves.add(parameter.getArray()));

    GradientCheck.verify(
        leaves,
        () -> {
          DiagonalGaussian posterior = (DiagonalGaussian) encoder.encode(x, Pass.training(manager));
          return posterior.mean().concat(posterior.logVariance(), 1);
        });
  }

  @Test
  void float64ParametersGiveFloat64Posteriors() {
    Encoder encoder = new GatedMlpEncoder(SHAPE, List.of(3), -6, 2);
    encoder.block().orElseThrow().initialize(manager, DataType.FLOAT64);

    DiagonalGaussian posterior = encode(encoder, manager.ones(new Shape(1, 6), DataType.FLOAT64));

    assertThat(posterior.mean().getDataType()).isEqualTo(DataType.FLOAT64);
    assertThat(posterior.logVariance().getDataType()).isEqualTo(DataType.FLOAT64);
    assertThat(posterior.sample().getDataType()).isEqualTo(DataType.FLOAT64);
  }

  @Test
  void float32GradientsSurviveACollection() {
    Encoder encoder = initialised(List.of(7, 5), -6, 2);
    List<NDArray> leaves =
        encoder.block().orElseThrow().getParameters().values().stream()
            .map(Parameter::getArray)
            .toList();
    NDArray x = manager.randomNormal(new Shape(9, 6));
    NDArray z = manager.randomNormal(new Shape(9, 4));

    double[][] gradients =
        GradientCheck.verifyCollectionIsHarmless(
            leaves, () -> encoder.encode(x, Pass.training(manager)).logProb(z));

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
    Encoder encoder = initialised(List.of(3), -6, 2);

    assertThatThrownBy(() -> encode(encoder, manager.zeros(new Shape(2, 784))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("input of shape (2, 784) does not fit: the network takes (B, 6)");
    assertThatThrownBy(() -> encode(encoder, manager.zeros(new Shape(2, 2, 6))))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatThrownBy(() -> new GatedMlpEncoder(SHAPE, List.of(), -6, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a gated multilayer perceptron needs a hidden layer");
    assertThatThrownBy(() -> new GatedMlpEncoder(SHAPE, List.of(3), 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("least log variance 2.0 is not below the greatest, 2.0");
  }

  private Encoder initialised(List<Integer> hidden, double least, double greatest) {
    Encoder encoder = new GatedMlpEncoder(SHAPE, hidden, least, greatest);
    encoder.initialize(new OnlyManager(manager));
    return encoder;
  }

  private DiagonalGaussian encode(Encoder encoder, NDArray x) {
    return (DiagonalGaussian) encoder.encode(x, Pass.inference(manager));
  }

  private static double[][] parameters(Encoder encoder) {
    return encoder.block().orElseThrow().getParameters().values().stream()
        .map(parameter -> PlainNetwork.doubles(parameter.getArray()))
        .toArray(double[][]::new);
  }
}
