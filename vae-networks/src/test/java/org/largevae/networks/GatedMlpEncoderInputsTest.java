package org.largevae.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Latents;
import org.largevae.api.tensor.ShapeException;
import org.largevae.networks.posterior.GaussianPosterior;
import org.largevae.testkit.GradientCheck;

/** Missing values and the latents of levels above; GatedMlpEncoderTest has the rest. */
class GatedMlpEncoderInputsTest {
  private static final GatedMlpSettings SETTINGS = new GatedMlpSettings(List.of(5, 3));

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(41);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** Examples with a mask. */
  private record Masked(NDArray x, NDArray mask) implements Batch {
    @Override
    public Optional<NDArray> observed() {
      return Optional.of(mask);
    }
  }

  @Test
  void missingValuesCountAsZeroAndTheMaskStandsBehindTheValues() {
    GatedMlpEncoder encoder = initialised(shape(true));
    NDArray x = manager.create(new float[] {0.5f, 9, -1, 9, 2, 3}, new Shape(2, 3));
    NDArray mask = manager.create(new float[] {1, 0, 1, 0, 1, 1}, new Shape(2, 3));

    double[][] means = PlainNetwork.rows(encode(encoder, new Masked(x, mask)).mean());

    PlainNetwork plain = new PlainNetwork(encoder.block().orElseThrow(), 2);
    assertThat(means[0])
        .containsExactly(plain.head(new double[] {0.5, 0, -1, 1, 0, 1}, 0, 4), within(1e-5));
    assertThat(means[1])
        .containsExactly(plain.head(new double[] {0, 2, 3, 0, 1, 1}, 0, 4), within(1e-5));
  }

  @Test
  void whatFillsMissingPlacesDoesNotMatter() {
    NDArray mask = manager.create(new float[] {1, 0, 1}, new Shape(1, 3));
    NDArray x = manager.create(new float[] {0.5f, 9, -1}, new Shape(1, 3));
    NDArray other = manager.create(new float[] {0.5f, -4, -1}, new Shape(1, 3));
    for (boolean missing : new boolean[] {false, true}) {
      GatedMlpEncoder encoder = initialised(shape(missing));

      assertThat(encode(encoder, new Masked(x, mask)).mean())
          .isEqualTo(encode(encoder, new Masked(other, mask)).mean())
          .isNotEqualTo(encode(encoder, Batch.of(x)).mean());
    }
  }

  @Test
  void onlyDataThatMayLackValuesHaveAMaskAmongTheInputs() {
    assertThat(
            inputs(
                new GatedMlpEncoder(SETTINGS, shape(false), new GaussianPosterior(shape(false)))))
        .isEqualTo(3);
    assertThat(
            inputs(new GatedMlpEncoder(SETTINGS, shape(true), new GaussianPosterior(shape(true)))))
        .isEqualTo(6);
  }

  @Test
  void withoutAMaskAllValuesAreKnown() {
    GatedMlpEncoder encoder = initialised(shape(true));
    NDArray x = manager.randomNormal(new Shape(2, 3));

    assertThat(encode(encoder, Batch.of(x)).mean())
        .isEqualTo(encode(encoder, new Masked(x, manager.ones(new Shape(2, 3)))).mean());
  }

  @Test
  void noGradientReachesAMissingValue() {
    GatedMlpEncoder encoder =
        new GatedMlpEncoder(SETTINGS, shape(true), new GaussianPosterior(shape(true)));
    encoder.block().orElseThrow().initialize(manager, DataType.FLOAT64);
    NDArray x = manager.randomNormal(new Shape(2, 3), DataType.FLOAT64);
    NDArray mask = manager.create(new double[] {1, 0, 1, 0, 1, 1}, new Shape(2, 3));

    GradientCheck.verify(
        List.of(x),
        () -> encoder.encode(new Masked(x, mask), Latents.none(), Pass.training(manager)).mean());

    double[] gradient = x.getGradient().toDoubleArray();
    for (int i = 0; i < gradient.length; i++) {
      assertThat(gradient[i] == 0).isEqualTo(i == 1 || i == 3);
    }
  }

  @Test
  void examplesAndLatentsOfEachLevelAboveHaveAFirstLayerOfTheirOwn() {
    GatedMlpEncoder encoder = initialised(shape(false), 1, 2);
    NDArray x = manager.randomNormal(new Shape(2, 3));
    NDArray top = manager.randomNormal(new Shape(2, 1));
    NDArray middle = manager.randomNormal(new Shape(2, 2));

    Distribution posterior =
        encoder.encode(Batch.of(x), new Latents(List.of(top, middle)), Pass.inference(manager));

    assertThat(posterior.batch()).isEqualTo(new Shape(2));
    PlainNetwork plain = new PlainNetwork(encoder.block().orElseThrow(), 4);
    double[][] means = PlainNetwork.rows(posterior.mean());
    for (int b = 0; b < 2; b++) {
      List<double[]> inputs = new ArrayList<>();
      for (NDArray input : List.of(x, top, middle)) {
        inputs.add(PlainNetwork.rows(input)[b]);
      }
      assertThat(means[b]).containsExactly(plain.head(inputs, 0, 4), within(1e-5));
    }
  }

  @Test
  void everyDrawOfLatentsAboveHasItsPosterior() {
    GatedMlpEncoder encoder = initialised(shape(true), 2);
    Batch batch = Batch.of(manager.randomNormal(new Shape(3, 3)));
    NDArray above = manager.randomNormal(new Shape(5, 3, 2));

    Distribution together = encoder.encode(batch, Latents.of(above), Pass.inference(manager));

    assertThat(together.batch()).isEqualTo(new Shape(5, 3));
    for (int s = 0; s < 5; s++) {
      Distribution alone = encoder.encode(batch, Latents.of(above.get(s)), Pass.inference(manager));
      assertThat(PlainNetwork.doubles(together.mean().get(s)))
          .containsExactly(PlainNetwork.doubles(alone.mean()), within(1e-6));
    }
  }

  @Test
  void gradientsReachTheLatentsAbove() {
    GatedMlpEncoder encoder =
        new GatedMlpEncoder(SETTINGS, below(shape(false), 2), new GaussianPosterior(shape(false)));
    encoder.block().orElseThrow().initialize(manager, DataType.FLOAT64);
    NDArray x = manager.randomNormal(new Shape(2, 3), DataType.FLOAT64);
    NDArray above = manager.randomNormal(new Shape(3, 2, 2), DataType.FLOAT64);

    GradientCheck.verify(
        List.of(x, above),
        () ->
            ((DiagonalGaussian)
                    encoder.encode(Batch.of(x), Latents.of(above), Pass.training(manager)))
                .logVariance());
  }

  @Test
  void latentsAboveThatDoNotFitAreRefused() {
    GatedMlpEncoder encoder = initialised(shape(false), 2);
    Batch batch = Batch.of(manager.zeros(new Shape(3, 3)));

    assertThatThrownBy(() -> encode(encoder, batch, new Shape(4, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "latents above of shape (4, 2) do not fit 3 examples: they must have the shape"
                + " (..., 3, M)");
    assertThatThrownBy(() -> encode(encoder, batch, new Shape(2)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> encode(encoder, batch, new Shape(3, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("input of shape (3, 1) does not fit: the network takes (B, 2)");
    assertThatThrownBy(() -> encode(encoder, batch))
        .isInstanceOf(ShapeException.class)
        .hasMessage("1 inputs of shapes [(3, 3)] do not fit: the network takes 2");
  }

  private static ModelShape below(ModelShape shape, Integer... latentSizesAbove) {
    return ModelShape.of(shape.data(), shape.latentSize(), List.of(latentSizesAbove));
  }

  private static ModelShape shape(boolean mayBeMissing) {
    return ModelShape.of(
        DataDescription.of(new DataShape(1, 1, 3), ValueKinds.REAL, mayBeMissing), 4);
  }

  private GatedMlpEncoder initialised(ModelShape shape, Integer... latentSizesAbove) {
    GatedMlpEncoder encoder =
        new GatedMlpEncoder(SETTINGS, below(shape, latentSizesAbove), new GaussianPosterior(shape));
    encoder.initialize(new OnlyManager(manager));
    return encoder;
  }

  private DiagonalGaussian encode(GatedMlpEncoder encoder, Batch batch, Shape... above) {
    List<NDArray> levels = List.of(above).stream().map(shape -> manager.zeros(shape)).toList();
    return (DiagonalGaussian) encoder.encode(batch, new Latents(levels), Pass.inference(manager));
  }

  private static long inputs(GatedMlpEncoder encoder) {
    return encoder.block().orElseThrow().getParameters().get("01gated_weight").getShape().get(1);
  }
}
