package org.largevae.likelihoods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Offset.offset;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/** What holds for all likelihoods of seven values. */
class LikelihoodShapeTest {
  private static final DataDescription PIXELS = Decoded.data(7, ValueKinds.GREY_LEVEL);

  private NDManager manager;
  private Pass pass;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    pass = Pass.inference(manager);
    Engine.getInstance().setRandomSeed(2);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  static List<Likelihood> likelihoods() {
    return List.of(
        new Bernoulli(Decoded.data(7, ValueKinds.BINARY)),
        new DiscretizedLogistic(PIXELS),
        new DiscretizedLogistic(new DiscretizedLogisticSettings(Tails.PAPER, -4.5, 0), PIXELS),
        new Gaussian(PIXELS),
        new ContinuousBernoulli(PIXELS),
        new Categorical(PIXELS),
        new LogisticMixture(PIXELS));
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void severalDrawsGiveWhatEachGivesAlone(Likelihood likelihood) {
    NDArray x = examples(4, 7);
    NDArray parameters = parameters(likelihood, new Shape(3, 4));
    Density density = likelihood.of(parameters, pass);
    assertThat(density.batch()).isEqualTo(new Shape(3, 4));
    assertThat(density.event()).isEqualTo(new Shape(7));
    NDArray together = density.logProb(x);
    assertThat(together.getShape()).isEqualTo(new Shape(3, 4));
    for (int s = 0; s < 3; s++) {
      NDArray alone = likelihood.of(parameters.get(s), pass).logProb(x);
      assertThat(alone.getShape()).isEqualTo(new Shape(4));
      for (int b = 0; b < 4; b++) {
        float expected = alone.getFloat(b);
        assertThat(together.getFloat(s, b))
            .isCloseTo(expected, offset((1 + Math.abs(expected)) * 1e-6f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void examplesOfTheirOwnForEachDrawMayBeGiven(Likelihood likelihood) {
    NDArray x = examples(4, 7);
    Density density = likelihood.of(parameters(likelihood, new Shape(3, 4)), pass);

    NDArray repeated = density.logProb(x.broadcast(new Shape(3, 4, 7)));

    assertThat(repeated).isEqualTo(density.logProb(x));
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void manyExamplesMayBeSetAgainstOneDistribution(Likelihood likelihood) {
    NDArray x = examples(4, 7);
    NDArray parameters = parameters(likelihood, new Shape());

    NDArray broadcast = likelihood.of(parameters, pass).logProb(x);

    for (int b = 0; b < 4; b++) {
      double alone = Tensors.toDoubles(likelihood.of(parameters, pass).logProb(x.get(b)))[0];
      assertThat((double) broadcast.getFloat(b)).isEqualTo(alone, within(1e-6 * Math.abs(alone)));
    }
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void logProbIsTheSumOfTheValuesOwn(Likelihood likelihood) {
    NDArray x = examples(4, 7);
    for (Shape batch : List.of(new Shape(4), new Shape(3, 4))) {
      // wide enough for clamps and tails
      NDArray wide = Tensors.multiply(parameters(likelihood, batch), 5);
      Factorised density = (Factorised) likelihood.of(wide, pass);

      NDArray each = density.logProbEach(x);

      assertThat(each.getShape()).isEqualTo(batch.add(7));
      double[] sums = Tensors.toDoubles(Tensors.sumLast(each));
      double[] expected = Tensors.toDoubles(density.logProb(x));
      for (int i = 0; i < sums.length; i++) {
        assertThat(sums[i]).isEqualTo(expected[i], within(2e-6 * (1 + Math.abs(expected[i]))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void meanAndSampleHaveTheShapeOfTheBatch(Likelihood likelihood) {
    for (Shape batch : List.of(new Shape(), new Shape(2), new Shape(3, 2))) {
      Density density = likelihood.of(parameters(likelihood, batch), pass);
      assertPixels(density.mean(), batch.add(7));
      assertPixels(density.sample(new Shape()), batch.add(7));
      assertPixels(density.sample(new Shape(6)), new Shape(6).addAll(batch).add(7));
      assertThat(density.draw(new Shape(6)).logProb().getShape())
          .isEqualTo(new Shape(6).addAll(batch));
    }
  }

  private static void assertPixels(NDArray values, Shape shape) {
    assertThat(values.getShape()).isEqualTo(shape);
    assertThat(values.getDataType()).isEqualTo(DataType.FLOAT32);
    for (float value : values.toFloatArray()) {
      assertThat(value).isBetween(0f, 1f);
    }
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void sameSeedGivesTheSameSample(Likelihood likelihood) {
    Density density = likelihood.of(parameters(likelihood, new Shape(30)), pass);
    Engine.getInstance().setRandomSeed(8);
    NDArray first = density.sample(new Shape());
    NDArray second = density.sample(new Shape());
    Engine.getInstance().setRandomSeed(8);
    assertThat(density.sample(new Shape())).isEqualTo(first).isNotEqualTo(second);
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void chosenDistributionsOfABatchAreTheSame(Likelihood likelihood) {
    NDArray x = examples(1, 7);
    Density density = likelihood.of(parameters(likelihood, new Shape(4)), pass);
    float[] all = density.logProb(x).toFloatArray();

    Density chosen = density.select(manager.create(new long[] {2, 0, 2}));

    assertThat(chosen.logProb(x).toFloatArray()).containsExactly(all[2], all[0], all[2]);
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void examplesThatDoNotFitTheParametersAreRefused(Likelihood likelihood) {
    Density density = likelihood.of(parameters(likelihood, new Shape(4)), pass);
    for (NDArray x : List.of(examples(4, 6), examples(28, 1).reshape(28))) {
      assertThatThrownBy(() -> density.logProb(x))
          .isInstanceOf(ShapeException.class)
          .hasMessage("values of shape " + x.getShape() + " must have the shape (..., 7)");
    }
    assertThatThrownBy(() -> density.logProb(examples(3, 7)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("values of shape (3, 7) do not fit a batch (4) over (7)");
    Density draws = likelihood.of(parameters(likelihood, new Shape(2, 4)), pass);
    assertThatThrownBy(() -> draws.logProb(examples(2, 7)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("values of shape (2, 7) do not fit a batch (2, 4) over (7)");
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void parametersOfAnotherShapeAreRefused(Likelihood likelihood) {
    long count = likelihood.parameters().get(0);
    for (Shape wrong :
        List.of(
            new Shape(),
            new Shape(7),
            new Shape(count, 6),
            new Shape(4, 3, 7),
            new Shape(4, 7, count),
            new Shape(4, 7 * count))) {
      assertThatThrownBy(() -> likelihood.of(manager.zeros(wrong), pass))
          .isInstanceOf(ShapeException.class)
          .hasMessageStartingWith("the ")
          .hasMessageContaining(" likelihood needs parameters of shape (..., " + count + ", 7) (")
          .hasMessageEndingWith("), not " + wrong);
    }
  }

  @Test
  void theParametersAreNamedWhereTheirShapeIsRefused() {
    assertThatThrownBy(() -> new Gaussian(PIXELS).of(manager.zeros(new Shape(4, 7)), pass))
        .hasMessage(
            "the Gaussian likelihood needs parameters of shape (..., 2, 7) (mean, log variance),"
                + " not (4, 7)");
  }

  @Test
  void inputsAreLeftAsTheyWere() {
    for (Likelihood likelihood : likelihoods()) {
      NDArray x = examples(4, 7);
      NDArray parameters = parameters(likelihood, new Shape(4));
      NDArray xBefore = x.duplicate();
      NDArray before = parameters.duplicate();
      Factorised density = (Factorised) likelihood.of(parameters, pass);
      density.logProb(x);
      density.logProbEach(x);
      density.mean();
      density.sample(new Shape());
      assertThat(x).isEqualTo(xBefore);
      assertThat(parameters).isEqualTo(before);
    }
  }

  /** Pixel values, which a Bernoulli takes for the purpose of these tests too. */
  private NDArray examples(int rows, int columns) {
    NDArray pixels = manager.randomUniform(0, 256, new Shape(rows, columns)).floor();
    return Tensors.multiply(pixels.add(0.5), 1.0 / 256);
  }

  private NDArray parameters(Likelihood likelihood, Shape batch) {
    return manager.randomNormal(batch.addAll(likelihood.parameters()));
  }
}
