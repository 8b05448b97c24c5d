package org.largevae.networks.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.likelihood.Likelihood;

/** What pixel decoders are for, and how many parameters those of the paper have. */
class PixelDecoderBoundsTest {
  private static final DataShape PICTURE = new DataShape(1, 4, 4);

  private static ModelShape shape(DataDescription data) {
    return ModelShape.of(data, 40, List.of(40));
  }

  private static void refused(DataDescription data, Likelihood likelihood, String why) {
    assertThatThrownBy(() -> new PixelCnnDecoder(shape(data), likelihood))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.decoder.type = pixelcnn %s; choose another decoder, such as gated-mlp", why);
    assertThatThrownBy(() -> new GatedPixelCnnDecoder(shape(data), likelihood))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.decoder.type = gated-pixelcnn %s; choose another decoder, such as gated-mlp",
            why);
  }

  @Test
  void dataThatAreNoPicturesAreRefused() {
    refused(
        DataDescription.of(new DataShape(1, 1, 16), ValueKinds.BINARY),
        new RecordedBernoulli(16),
        "is for pictures, of 1 or 3 channels and more than one row, but examples are 1 x 16");
  }

  @Test
  void dataWithMissingValuesAreRefused() {
    refused(
        DataDescription.of(PICTURE, ValueKinds.BINARY, true),
        new RecordedBernoulli(16),
        "draws each pixel given those before it, but values of these data may be missing");
  }

  @Test
  void valuesThatAreNoPixelsAreRefused() {
    refused(
        DataDescription.of(PICTURE, ValueKinds.COUNT),
        new RecordedBernoulli(16),
        "is for pixels that are binary, grey-level or real, but these data are count");
  }

  @Test
  void likelihoodsWhoseValuesAreNotAlikeAreRefused() {
    String why =
        "needs a likelihood that gives each value by itself the same kind of distribution, which"
            + " WholeLikelihood as it is set does not";
    DataDescription data = DataDescription.of(PICTURE, ValueKinds.BINARY);
    refused(data, new WholeLikelihood(new Shape(2, 16)), why);
    refused(data, new WholeLikelihood(new Shape(32)), why);
  }

  @Test
  void evenKernelsAreRefused() {
    assertThatThrownBy(() -> new GatedPixelCnnSettings(2, 8, 4))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("kernel-size")
        .hasMessageContaining("odd");
  }

  /** The tables of Tomczak and Welling's networks, two levels of 40 latents. */
  @Test
  void thePapersDecodersHaveItsNumbersOfParameters() {
    // MNIST: 2 maps of 64,288; kernels of 1,728 and 7 x 36,864; 8 x 128 for the normalisation;
    // 65 for the head
    assertThat(parameters(new DataShape(1, 28, 28), 1, true)).isEqualTo(389_441);
    // Frey Faces, with q(z2|x), q(z1|x,z2) and p(z1|z2) of the convolutional model
    long others = 221_884 + 430_808 + 229_280;
    assertThat(others + parameters(new DataShape(1, 28, 20), 2, false)).isEqualTo(1_234_740);
  }

  private static long parameters(DataShape picture, int numbers, boolean headBias) {
    PixelCnnSettings paper =
        new PixelCnnSettings(8, 64, 3, PixelNormalization.BATCH, LatentMaps.MASKED, headBias);
    Likelihood likelihood = new AlikeLikelihood(numbers, picture.dimensions());
    Block block =
        new PixelCnnDecoder(
                paper, shape(DataDescription.of(picture, ValueKinds.GREY_LEVEL)), likelihood)
            .block()
            .orElseThrow();
    return block.getParameters().values().stream()
        .filter(Parameter::requiresGradient)
        .mapToLong(parameter -> parameter.getShape().size())
        .sum();
  }

  /** Says what it needs, and no more. */
  private record WholeLikelihood(Shape parameters) implements Likelihood {
    @Override
    public boolean supports(ValueKind kind) {
      return true;
    }

    @Override
    public Density of(NDArray given, Pass pass) {
      throw new UnsupportedOperationException("it is not asked");
    }
  }

  private record AlikeLikelihood(int numbers, int dimensions) implements Likelihood {
    @Override
    public Shape parameters() {
      return new Shape(numbers, dimensions);
    }

    @Override
    public Optional<Likelihood> ofValues(int count) {
      return Optional.of(new AlikeLikelihood(numbers, count));
    }

    @Override
    public boolean supports(ValueKind kind) {
      return true;
    }

    @Override
    public Density of(NDArray given, Pass pass) {
      throw new UnsupportedOperationException("it is not asked");
    }
  }
}
