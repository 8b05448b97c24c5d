package org.largevae.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;
import org.largevae.api.network.Decoder;
import org.largevae.api.tensor.ShapeException;
import org.largevae.testkit.GradientCheck;

class GatedMlpDecoderTest {
  private static final ModelShape SHAPE =
      new ModelShape(new DataShape(1, 2, 3), Support.PIXEL_256, 4);
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(31);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void parametersMatchThePlainNetworkInDoublePrecision(int parameterCount) {
    Decoder decoder = new GatedMlpDecoder(SHAPE, List.of(7, 5), parameterCount);
    decoder.initialize(new OnlyManager(manager));
    NDArray z = manager.randomNormal(new Shape(9, 4));

    NDList parameters = decoder.decode(z, Pass.inference(manager));

    assertThat(parameters).hasSize(parameterCount);
    PlainNetwork plain = new PlainNetwork(decoder.block().orElseThrow(), 2);
    double[][] latents = PlainNetwork.rows(z);
    for (int head = 0; head < parameterCount; head++) {
      assertThat(parameters.get(head).getShape()).isEqualTo(new Shape(9, 6));
      double[][] rows = PlainNetwork.rows(parameters.get(head));
      for (int b = 0; b < 9; b++) {
        assertThat(rows[b]).containsExactly(plain.head(latents[b], head, 6), within(1e-5));
      }
    }
  }

  @Test
  void gradientsMatchFiniteDifferencesAlsoAfterACollection() {
    Decoder decoder = new GatedMlpDecoder(SHAPE, List.of(3, 2), 2);
    Block block = decoder.block().orElseThrow();
    block.initialize(manager, DataType.FLOAT64);
    NDArray z = manager.randomNormal(new Shape(3, 4), DataType.FLOAT64);
    List<NDArray> leaves = new ArrayList<>(List.of(z));
    block.getParameters().values().forEach(parameter -> leaves.add(parameter.getArray()));

    GradientCheck.verify(
        leaves,
        () -> {
          NDList parameters = decoder.decode(z, Pass.training(manager));
          return parameters.get(0).square().mul(parameters.get(1));
        });
  }

  @Test
  void severalDrawsOfABatchMayBeDecodedAtOnce() {
    Decoder decoder = new GatedMlpDecoder(SHAPE, List.of(3), 2);
    decoder.initialize(new OnlyManager(manager));
    NDArray z = manager.randomNormal(new Shape(5, 9, 4));

    NDList parameters = decoder.decode(z, Pass.inference(manager));
    NDList flat = decoder.decode(z.reshape(45, 4), Pass.inference(manager));

    assertThat(parameters.getShapes()).containsOnly(new Shape(5, 9, 6));
    for (int head = 0; head < 2; head++) {
      assertThat(PlainNetwork.doubles(parameters.get(head)))
          .containsExactly(PlainNetwork.doubles(flat.get(head)), within(1e-6));
    }
  }

  @Test
  void float64ParametersGiveFloat64Outputs() {
    Decoder decoder = new GatedMlpDecoder(SHAPE, List.of(3), 2);
    decoder.block().orElseThrow().initialize(manager, DataType.FLOAT64);

    NDList parameters =
        decoder.decode(manager.ones(new Shape(1, 4), DataType.FLOAT64), Pass.inference(manager));

    assertThat(parameters)
        .allSatisfy(array -> assertThat(array.getDataType()).isEqualTo(DataType.FLOAT64));
  }

  @Test
  void parameterNamesAreUniqueAndStable() {
    Decoder decoder = new GatedMlpDecoder(SHAPE, List.of(7, 5, 3), 2);
    decoder.initialize(new OnlyManager(manager));

    assertThat(decoder.block().orElseThrow().getParameters().keys())
        .containsExactly(
            "heads_weight",
            "heads_bias",
            "01gated_weight",
            "01gated_bias",
            "02gated_weight",
            "02gated_bias",
            "03gated_weight",
            "03gated_bias");
    assertThat(decoder.block().orElseThrow().getParameters().get("heads_weight").getShape())
        .isEqualTo(new Shape(12, 3));
  }

  @Test
  void latentsOfAnotherSizeAreRefused() {
    Decoder decoder = new GatedMlpDecoder(SHAPE, List.of(3), 1);
    decoder.initialize(new OnlyManager(manager));

    assertThatThrownBy(() -> decoder.decode(manager.zeros(new Shape(2, 5)), inference()))
        .isInstanceOf(ShapeException.class)
        .hasMessage("input of shape (2, 5) does not fit: the network takes (B, 4)");
  }

  @Test
  void aDecoderWithoutOutputsIsRefused() {
    assertThatThrownBy(() -> new GatedMlpDecoder(SHAPE, List.of(3), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a linear map from 3 to 0 values: both must be at least 1");
  }

  private Pass inference() {
    return Pass.inference(manager);
  }
}
