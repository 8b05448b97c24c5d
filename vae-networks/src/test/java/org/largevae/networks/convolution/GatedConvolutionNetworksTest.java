package org.largevae.networks.convolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Latents;
import org.largevae.networks.posterior.GaussianPosterior;
import org.largevae.testkit.GradientCheck;

class GatedConvolutionNetworksTest {
  private static final GatedConvolutionEncoderSettings SMALL_ENCODER =
      new GatedConvolutionEncoderSettings(
          List.of(3, 2), List.of(2, 1), Optional.of(List.of(5, 3)), 4);
  private static final GatedConvolutionDecoderSettings SMALL_DECODER =
      new GatedConvolutionDecoderSettings(3, List.of(2, 3), 3);

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(5);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** From the original's layers, 2 (k^2 C O + O) for each gated convolution, added up by hand. */
  @Test
  void parametersAreAsManyAsInThePapersModel() {
    ModelShape mnistTop = Pictures.grey(28, 28, 40);
    ModelShape mnistBelow = Pictures.grey(28, 28, 40, 40);

    assertThat(Pictures.parameters(new GatedConvolutionEncoder(mnistTop))).isEqualTo(228_604);
    assertThat(Pictures.parameters(new GatedConvolutionEncoder(mnistBelow))).isEqualTo(538_496);
    assertThat(Pictures.parameters(decoder(mnistBelow, 1))).isEqualTo(1_214_481);
    // GD(40, 300) GD(300, 784) and the same convolutions
    assertThat(Pictures.parameters(decoder(mnistTop, 1)))
        .isEqualTo(24_600 + 471_968 + 1_280 + 3 * 73_856 + 65);

    ModelShape freyTop = Pictures.grey(28, 20, 40);
    ModelShape freyBelow = Pictures.grey(28, 20, 40, 40);
    long conditionalPrior = 229_280;
    assertThat(
            Pictures.parameters(new GatedConvolutionEncoder(freyTop))
                + Pictures.parameters(new GatedConvolutionEncoder(freyBelow))
                + Pictures.parameters(decoder(freyBelow, 2))
                + conditionalPrior)
        .isEqualTo(1_827_270);
  }

  private static GatedConvolutionDecoder decoder(ModelShape shape, int perPixel) {
    return new GatedConvolutionDecoder(
        shape, new PixelHeads(new Shape(perPixel, shape.dimensions())));
  }

  @ParameterizedTest
  @CsvSource({"1, 28, 20", "1, 6, 5", "1, 7, 9", "3, 32, 32"})
  void picturesOfAnySizeAreEncodedAndDecoded(int channels, int height, int width) {
    ModelShape shape = Pictures.shape(channels, height, width, 4, 3);
    GatedConvolutionEncoderSettings small =
        new GatedConvolutionEncoderSettings(
            List.of(2, 2, 2, 2, 6), List.of(1, 2, 1, 2, 1), Optional.empty(), 5);
    GatedConvolutionEncoder encoder =
        Pictures.started(
            new GatedConvolutionEncoder(small, shape, new GaussianPosterior(shape)), manager);
    PixelHeads likelihood = new PixelHeads(new Shape(2, shape.dimensions()));
    GatedConvolutionDecoder decoder =
        Pictures.started(new GatedConvolutionDecoder(SMALL_DECODER, shape, likelihood), manager);
    Pass pass = Pass.inference(manager);
    NDArray x = Pictures.uniform(manager, 3, shape.dimensions());
    NDArray above = Pictures.normal(manager, 2, 3, 3);

    Distribution posterior = encoder.encode(Batch.of(x), Latents.of(above), pass);
    NDArray parameters = decoder.decode(Latents.of(above).with(posterior.mean()), pass).mean();

    assertThat(posterior.batch()).isEqualTo(new Shape(2, 3));
    assertThat(posterior.event()).isEqualTo(new Shape(4));
    assertThat(parameters.getShape()).isEqualTo(new Shape(2, 3, 2, shape.dimensions()));
    // 6 maps of ceil(H/4) x ceil(W/4), the latents' layer as wide, both in one of 5
    long features = 6L * ((height + 3) / 4) * ((width + 3) / 4);
    Block layers = encoder.block().orElseThrow();
    assertThat(layers.getParameters().get("06above_weight").getShape())
        .isEqualTo(new Shape(2 * features, 3));
    assertThat(layers.getParameters().get("07joint_weight").getShape())
        .isEqualTo(new Shape(10, 2 * features));
  }

  @Test
  void eachDrawOfTheLatentsAboveIsEncodedAsIfAlone() {
    ModelShape shape = Pictures.grey(6, 5, 2, 3, 4);
    GatedConvolutionEncoder encoder = encoder(shape);
    Pass pass = Pass.inference(manager);
    NDArray x = Pictures.uniform(manager, 3, 30);
    NDArray first = Pictures.normal(manager, 2, 3, 3);
    NDArray second = Pictures.normal(manager, 2, 3, 4);

    NDArray both = encoder.encode(Batch.of(x), Latents.of(first).with(second), pass).mean();

    for (int draw = 0; draw < 2; draw++) {
      for (int example = 0; example < 3; example++) {
        String row = example + ":" + (example + 1);
        Latents above = Latents.of(first.get(draw).get(row)).with(second.get(draw).get(row));
        NDArray alone = encoder.encode(Batch.of(x.get(row)), above, pass).mean();
        assertThat(Pictures.doubles(both.get(draw).get(row)))
            .containsExactly(Pictures.doubles(alone), within(1e-5));
      }
    }
  }

  private GatedConvolutionEncoder encoder(ModelShape shape) {
    return Pictures.started(
        new GatedConvolutionEncoder(SMALL_ENCODER, shape, new GaussianPosterior(shape)), manager);
  }

  @Test
  void aPixelsParametersComeFromItsOwnPlace() {
    ModelShape shape = Pictures.shape(3, 4, 5, 2);
    PixelHeads likelihood = new PixelHeads(new Shape(2, 60));
    GatedConvolutionDecoder decoder =
        Pictures.started(new GatedConvolutionDecoder(SMALL_DECODER, shape, likelihood), manager);
    // only the bias speaks, one number for each of the 2 x 3 maps
    var parameters = decoder.block().orElseThrow().getParameters();
    parameters.get("05heads_weight").getArray().set(new NDIndex("..."), 0f);
    parameters.get("05heads_bias").getArray().set(new NDIndex("..."), manager.arange(6f));

    NDArray mean =
        decoder.decode(Latents.of(Pictures.normal(manager, 1, 2)), Pass.inference(manager)).mean();

    double[] expected = new double[120];
    for (int i = 0; i < 120; i++) {
      expected[i] = i / 20;
    }
    assertThat(Pictures.doubles(mean)).containsExactly(expected, within(1e-12));
  }

  @Test
  void gradientsMatchFiniteDifferencesAlsoAfterACollection() {
    ModelShape shape = Pictures.grey(6, 5, 2, 3);
    GatedConvolutionEncoder encoder =
        new GatedConvolutionEncoder(SMALL_ENCODER, shape, new GaussianPosterior(shape));
    PixelHeads likelihood = new PixelHeads(new Shape(30));
    GatedConvolutionDecoder decoder = new GatedConvolutionDecoder(SMALL_DECODER, shape, likelihood);
    NDArray x = manager.randomNormal(new Shape(2, 30), DataType.FLOAT64);
    NDArray z = manager.randomNormal(new Shape(2, 2, 3), DataType.FLOAT64);
    List<NDArray> leaves = new ArrayList<>(List.of(x, z));
    for (Block block : List.of(encoder.block().orElseThrow(), decoder.block().orElseThrow())) {
      block.initialize(manager, DataType.FLOAT64);
      block.getParameters().values().forEach(parameter -> leaves.add(parameter.getArray()));
    }

    GradientCheck.verify(
        leaves,
        () -> {
          Pass pass = Pass.training(manager);
          Latents above = Latents.of(z);
          var posterior = (DiagonalGaussian) encoder.encode(Batch.of(x), above, pass);
          NDArray lowest = posterior.mean().add(posterior.logVariance());
          return decoder.decode(above.with(lowest), pass).mean();
        });
  }

  @Test
  void whatIsMissingIsToldFromWhatIsKnownToBeBlack() {
    DataDescription data = DataDescription.of(new DataShape(1, 6, 5), ValueKinds.REAL, true);
    GatedConvolutionEncoder encoder = encoder(ModelShape.of(data, 2));
    Pass pass = Pass.inference(manager);
    NDArray x = manager.zeros(new Shape(1, 30));
    NDArray mask = manager.ones(new Shape(1, 30));
    record Masked(NDArray x, Optional<NDArray> observed) implements Batch {}

    double[] known = means(encoder.encode(Batch.of(x), Latents.none(), pass));
    double[] all = means(encoder.encode(new Masked(x, Optional.of(mask)), Latents.none(), pass));
    mask.set(new NDIndex(0, 7), 0f);
    Batch lacking = new Masked(x, Optional.of(mask));
    double[] missing = means(encoder.encode(lacking, Latents.none(), pass));
    NDArray other = x.duplicate();
    other.set(new NDIndex(0, 7), 3f);
    Batch filled = new Masked(other, Optional.of(mask));

    assertThat(all).containsExactly(known);
    assertThat(missing).isNotEqualTo(known);
    assertThat(means(encoder.encode(filled, Latents.none(), pass))).containsExactly(missing);
  }

  private static double[] means(Distribution posterior) {
    return Pictures.doubles(posterior.mean());
  }
}
