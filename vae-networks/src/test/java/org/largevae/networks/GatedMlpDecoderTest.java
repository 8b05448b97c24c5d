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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Latents;
import org.largevae.api.network.Decoder;
import org.largevae.api.tensor.ShapeException;
import org.largevae.testkit.GradientCheck;

class GatedMlpDecoderTest {
  private static final ModelShape SHAPE =
      ModelShape.of(DataDescription.of(new DataShape(1, 2, 3), ValueKinds.GREY_LEVEL), 4);
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
    Decoder decoder = new GatedMlpDecoder(SHAPE, new Heads(parameterCount, 6), 7, 5);
    decoder.initialize(new OnlyManager(manager));
    NDArray z = manager.randomNormal(new Shape(9, 4));

    NDArray parameters = decode(decoder, z);

    assertThat(parameters.getShape()).isEqualTo(new Shape(9, parameterCount, 6));
    PlainNetwork plain = new PlainNetwork(decoder.block().orElseThrow(), 2);
    double[][] latents = PlainNetwork.rows(z);
    for (int head = 0; head < parameterCount; head++) {
      double[][] rows = PlainNetwork.rows(parameters.get(":, {}", head));
      for (int b = 0; b < 9; b++) {
        assertThat(rows[b]).containsExactly(plain.head(latents[b], head, 6), within(1e-5));
      }
    }
  }

  @Test
  void gradientsMatchFiniteDifferencesAlsoAfterACollection() {
    Decoder decoder = new GatedMlpDecoder(SHAPE, new Heads(2, 6), 3, 2);
    Block block = decoder.block().orElseThrow();
    block.initialize(manager, DataType.FLOAT64);
    NDArray z = manager.randomNormal(new Shape(3, 4), DataType.FLOAT64);
    List<NDArray> leaves = new ArrayList<>(List.of(z));
    block.getParameters().values().forEach(parameter -> leaves.add(parameter.getArray()));

    GradientCheck.verify(
        leaves,
        () -> {
          NDArray parameters = decoder.decode(Latents.of(z), Pass.training(manager)).mean();
          return parameters.get(":, 0").square().mul(parameters.get(":, 1"));
        });
  }

  @Test
  void severalDrawsOfABatchMayBeDecodedAtOnce() {
    Decoder decoder = new GatedMlpDecoder(SHAPE, new Heads(2, 6), 3);
    decoder.initialize(new OnlyManager(manager));
    NDArray z = manager.randomNormal(new Shape(5, 9, 4));

    NDArray parameters = decode(decoder, z);
    NDArray flat = decode(decoder, z.reshape(45, 4));

    assertThat(parameters.getShape()).isEqualTo(new Shape(5, 9, 2, 6));
    assertThat(PlainNetwork.doubles(parameters))
        .containsExactly(PlainNetwork.doubles(flat), within(1e-6));
  }

  @Test
  void eachOfSeveralLevelsHasAFirstLayerOfItsOwnTopFirst() {
    Decoder decoder = twoLevels();
    decoder.initialize(new OnlyManager(manager));
    NDArray top = manager.randomNormal(new Shape(9, 2));
    NDArray lowest = manager.randomNormal(new Shape(9, 4));

    NDArray parameters = decode(decoder, top, lowest);

    PlainNetwork plain = new PlainNetwork(decoder.block().orElseThrow(), 3);
    double[][] z2 = PlainNetwork.rows(top);
    double[][] z1 = PlainNetwork.rows(lowest);
    for (int head = 0; head < 2; head++) {
      double[][] rows = PlainNetwork.rows(parameters.get(":, {}", head));
      for (int b = 0; b < 9; b++) {
        assertThat(rows[b])
            .containsExactly(plain.head(List.of(z2[b], z1[b]), head, 6), within(1e-5));
      }
    }
  }

  private static Decoder twoLevels() {
    ModelShape shape = ModelShape.of(SHAPE.data(), 4, List.of(2));
    return new GatedMlpDecoder(new GatedMlpSettings(List.of(3, 5)), shape, new Heads(2, 6));
  }

  @Test
  void levelsOfOtherLeadingAxesAreRefused() {
    Decoder decoder = twoLevels();
    decoder.initialize(new OnlyManager(manager));

    for (Shape lowest : List.of(new Shape(8, 4), new Shape(5, 8, 4))) {
      assertThatThrownBy(
              () -> decode(decoder, manager.zeros(new Shape(5, 9, 2)), manager.zeros(lowest)))
          .isInstanceOf(ShapeException.class)
          .hasMessage(
              "an input of shape (%s3) does not fit others with leading axes (5, 9)",
              lowest.dimension() == 2 ? "8, " : "5, 8, ");
    }
    assertThatThrownBy(() -> decode(decoder, manager.zeros(new Shape(9, 4))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("1 inputs of shapes [(9, 4)] do not fit: the network takes 2");
  }

  @Test
  void aDecoderWithoutHiddenLayersIsRefused() {
    assertThatThrownBy(() -> new GatedMlpDecoder(SHAPE, new Heads(1, 6)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hidden = []: must have at least one entry");
  }

  @Test
  void float64ParametersGiveFloat64Outputs() {
    Decoder decoder = new GatedMlpDecoder(SHAPE, new Heads(2, 6), 3);
    decoder.block().orElseThrow().initialize(manager, DataType.FLOAT64);

    NDArray parameters = decode(decoder, manager.ones(new Shape(1, 4), DataType.FLOAT64));

    assertThat(parameters.getDataType()).isEqualTo(DataType.FLOAT64);
  }

  @Test
  void parameterNamesAreUniqueAndStable() {
    Decoder decoder = new GatedMlpDecoder(SHAPE, new Heads(2, 6), 7, 5, 3);
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
    Decoder decoder = new GatedMlpDecoder(SHAPE, new Heads(1, 6), 3);
    decoder.initialize(new OnlyManager(manager));

    assertThatThrownBy(() -> decode(decoder, manager.zeros(new Shape(2, 5))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("input of shape (2, 5) does not fit: the network takes (B, 4)");
  }

  @Test
  void aDecoderWithoutOutputsIsRefused() {
    assertThatThrownBy(() -> new GatedMlpDecoder(SHAPE, new Heads(0, 6), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a linear map from 3 to 0 values: both must be at least 1");
  }

  private NDArray decode(Decoder decoder, NDArray... levels) {
    return decoder.decode(new Latents(List.of(levels)), Pass.inference(manager)).mean();
  }
}
