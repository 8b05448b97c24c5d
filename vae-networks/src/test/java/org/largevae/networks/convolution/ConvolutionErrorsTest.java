package org.largevae.networks.convolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.Batch;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Latents;
import org.largevae.api.tensor.ShapeException;

class ConvolutionErrorsTest {
  private static final String TYPE = "type: must be another, such as gated-mlp or mlp: ";

  private static Stream<Arguments> networks() {
    Function<ModelShape, Object> gatedEncoder = GatedConvolutionEncoder::new;
    Function<ModelShape, Object> residualEncoder = ResidualConvolutionEncoder::new;
    Function<ModelShape, Object> gatedDecoder =
        shape -> new GatedConvolutionDecoder(shape, heads(1, shape.dimensions()));
    Function<ModelShape, Object> residualDecoder =
        shape -> new ResidualConvolutionDecoder(shape, heads(1, shape.dimensions()));
    return Stream.of(gatedEncoder, residualEncoder, gatedDecoder, residualDecoder)
        .map(Arguments::of);
  }

  private static PixelHeads heads(long... shape) {
    return new PixelHeads(new Shape(shape));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void dataWithoutRowsAndColumnsAreRefused(Function<ModelShape, Object> network) {
    DataDescription table =
        DataDescription.of(
            List.of(new Column("a", ValueKinds.REAL), new Column("b", ValueKinds.REAL)));

    refused(
        () -> network.apply(ModelShape.of(table, 2)),
        TYPE
            + "a convolution takes pictures, which have several rows and columns, and these"
            + " examples have the shape 1 x 2");
    refused(
        () -> network.apply(Pictures.grey(9, 1, 2)),
        TYPE
            + "a convolution takes pictures, which have several rows and columns, and these"
            + " examples have the shape 9 x 1");
  }

  private static void refused(ThrowingCallable work, String message) {
    assertThatThrownBy(work).isInstanceOf(SettingException.class).hasMessage(message);
  }

  @Test
  void picturesThatAreTooSmallAreRefused() {
    ModelShape small = Pictures.shape(3, 3, 8, 2);
    String rule =
        ": must make pictures smaller by a factor of at most 3 in all, their shorter side:"
            + " they are 3 x 3 x 8";

    refused(() -> new GatedConvolutionEncoder(small), "strides" + rule);
    refused(() -> new ResidualConvolutionEncoder(small), "channels" + rule);
    refused(() -> new ResidualConvolutionDecoder(small, heads(1, 72)), "channels" + rule);
    assertThat(new GatedConvolutionDecoder(small, heads(1, 72)).likelihood())
        .isEqualTo(heads(1, 72));
  }

  @Test
  void categoriesAreNoNumbersToAnEncoder() {
    DataDescription labels = DataDescription.of(new DataShape(1, 8, 8), ValueKinds.category(3));
    ModelShape shape = ModelShape.of(labels, 2);
    String message =
        TYPE
            + "a convolution takes pixels that are numbers of one kind, and these are categories or"
            + " of several kinds";

    refused(() -> new GatedConvolutionEncoder(shape), message);
    refused(() -> new ResidualConvolutionEncoder(shape), message);
    // what a decoder gives can be the logits of categories
    assertThat(new GatedConvolutionDecoder(shape, heads(3, 64)).likelihood())
        .isEqualTo(heads(3, 64));
  }

  @Test
  void aLikelihoodThatDoesNotTakeItsParametersPixelByPixelIsRefused() {
    ModelShape shape = Pictures.grey(8, 8, 2);
    String message =
        TYPE
            + "a convolution gives P numbers for each pixel, (P, 64), and the likelihood takes its"
            + " parameters in the shape ";

    refused(() -> new GatedConvolutionDecoder(shape, heads(65)), message + "(65)");
    refused(() -> new ResidualConvolutionDecoder(shape, heads(64, 2)), message + "(64, 2)");
    refused(() -> new GatedConvolutionDecoder(shape, heads(1, 2, 64)), message + "(1, 2, 64)");
  }

  @Test
  void settingsThatDoNotFitEachOtherAreRefused() {
    List<Integer> two = List.of(4, 6);
    Optional<List<Integer>> left = Optional.empty();

    refused(
        () -> new GatedConvolutionEncoderSettings(two, List.of(1), left, 3),
        "strides: must have 2 entries, one for each entry of channels, which is [4, 6]");
    refused(
        () -> new GatedConvolutionEncoderSettings(two, two, Optional.of(List.of(3)), 3),
        "kernel-sizes: must have 2 entries, one for each entry of channels, which is [4, 6]");
    refused(
        () -> new GatedConvolutionEncoderSettings(two, two, Optional.of(List.of(3, 4)), 3),
        "kernel-sizes: must be odd, so that a kernel has a middle pixel");
    refused(
        () -> new GatedConvolutionDecoderSettings(3, two, 2),
        "kernel-size: must be odd, so that a kernel has a middle pixel");
    refused(
        () -> new ResidualConvolutionSettings(two, 1, Normalization.GROUP, 4, 3),
        "groups: must divide each of channels, which is [4, 6], without a remainder");
    assertThat(new ResidualConvolutionSettings(two, 1, Normalization.BATCH, 4, 3).groups())
        .isEqualTo(4);
  }

  @Test
  void inputsOfAnotherShapeAreRefused() {
    ModelShape shape = Pictures.grey(8, 8, 2, 3);
    try (NDManager manager = NDManager.newBaseManager()) {
      GatedConvolutionEncoder encoder =
          Pictures.started(new GatedConvolutionEncoder(shape), manager);
      GatedConvolutionDecoder decoder =
          Pictures.started(new GatedConvolutionDecoder(shape, heads(1, 64)), manager);
      Pass pass = Pass.inference(manager);
      Batch x = Batch.of(Pictures.uniform(manager, 4, 64));
      Latents three = Latents.of(Pictures.normal(manager, 3, 3));

      assertThatThrownBy(() -> encoder.encode(x, three, pass))
          .isInstanceOf(ShapeException.class)
          .hasMessage(
              "latents above of shapes [(3, 3)] do not fit 4 examples: the encoder takes those of 1"
                  + " levels, each of shape (..., 4, M)");
      assertThatThrownBy(() -> encoder.encode(x, Latents.none(), pass))
          .isInstanceOf(ShapeException.class)
          .hasMessageStartingWith("latents above of shapes [] do not fit");
      Batch other = Batch.of(Pictures.uniform(manager, 4, 63));
      assertThatThrownBy(() -> encoder.encode(other, Latents.none(), pass))
          .isInstanceOf(ShapeException.class)
          .hasMessage("input of shape (4, 63) does not fit: the network takes (B, 64)");
      assertThatThrownBy(() -> decoder.decode(three, pass))
          .isInstanceOf(ShapeException.class)
          .hasMessage(
              "latents of shapes [(3, 3)] do not fit: the decoder takes those of 2 levels, top"
                  + " first, of which only the last axis may differ");
    }
  }
}
