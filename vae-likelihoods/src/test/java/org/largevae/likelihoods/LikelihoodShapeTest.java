package org.largevae.likelihoods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
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
import org.largevae.api.data.Support;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

class LikelihoodShapeTest {
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
        new Bernoulli(),
        new DiscretizedLogistic(DiscretizedLogisticConfig.DEFAULT),
        new DiscretizedLogistic(new DiscretizedLogisticConfig(Tails.PAPER, -4.5, 0)),
        new Gaussian(GaussianConfig.DEFAULT, Support.PIXEL_256));
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void severalSamplesGiveWhatEachGivesAlone(Likelihood likelihood) {
    NDArray x = examples(4, 7);
    NDList parameters = parameters(likelihood, new Shape(3, 4, 7));
    NDArray together = likelihood.logProb(x, parameters, pass);
    assertThat(together.getShape()).isEqualTo(new Shape(3, 4));
    for (int s = 0; s < 3; s++) {
      NDList one = new NDList();
      for (NDArray parameter : parameters) {
        one.add(parameter.get(s));
      }
      NDArray alone = likelihood.logProb(x, one, pass);
      assertThat(alone.getShape()).isEqualTo(new Shape(4));
      for (int b = 0; b < 4; b++) {
        float expected = alone.getFloat(b);
        assertThat(together.getFloat(s, b)).isCloseTo(expected, offset(Math.abs(expected) * 1e-6f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void meanAndSampleKeepTheParametersShapeAndType(Likelihood likelihood) {
    for (Shape shape : List.of(new Shape(5), new Shape(2, 5), new Shape(3, 2, 5))) {
      NDList parameters = parameters(likelihood, shape);
      for (NDArray result :
          List.of(likelihood.mean(parameters, pass), likelihood.sample(parameters, pass))) {
        assertThat(result.getShape()).isEqualTo(shape);
        assertThat(result.getDataType()).isEqualTo(DataType.FLOAT32);
        for (float value : result.toFloatArray()) {
          assertThat(value).isBetween(0f, 1f);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void sameSeedGivesTheSameSample(Likelihood likelihood) {
    NDList parameters = parameters(likelihood, new Shape(10, 20));
    Engine.getInstance().setRandomSeed(8);
    NDArray first = likelihood.sample(parameters, pass);
    NDArray second = likelihood.sample(parameters, pass);
    Engine.getInstance().setRandomSeed(8);
    assertThat(likelihood.sample(parameters, pass)).isEqualTo(first).isNotEqualTo(second);
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void examplesThatDoNotFitTheParametersAreRefused(Likelihood likelihood) {
    NDList parameters = parameters(likelihood, new Shape(4, 7));
    for (NDArray x :
        List.of(examples(4, 6), examples(3, 7), examples(1, 7), examples(28, 1).reshape(28))) {
      assertThatThrownBy(() -> likelihood.logProb(x, parameters, pass))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("needs examples of shape (B, D) and parameter arrays of shape")
          .hasMessageContaining("(B, D) or (S, B, D), not examples of " + x.getShape())
          .hasMessageContaining("of (4, 7)");
    }
    NDList four = parameters(likelihood, new Shape(2, 1, 4, 7));
    assertThatThrownBy(() -> likelihood.logProb(examples(4, 7), four, pass))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("(2, 1, 4, 7)");
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void wrongNumberOfParameterArraysIsRefused(Likelihood likelihood) {
    NDList three = parameters(likelihood, new Shape(4, 7));
    while (three.size() < 3) {
      three.add(three.get(0));
    }
    String names = "(" + String.join(", ", likelihood.parameterNames()) + "), not ";
    for (NDList wrong : List.of(new NDList(), three)) {
      assertThatThrownBy(() -> likelihood.logProb(examples(4, 7), wrong, pass))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining(names + wrong.size());
      assertThatThrownBy(() -> likelihood.mean(wrong, pass)).isInstanceOf(ShapeException.class);
      assertThatThrownBy(() -> likelihood.sample(wrong, pass)).isInstanceOf(ShapeException.class);
    }
  }

  @Test
  void parameterArraysOfTwoShapesAreRefused() {
    NDList parameters = new NDList(manager.zeros(new Shape(4, 7)), manager.zeros(new Shape(7)));
    for (Likelihood likelihood : likelihoods().subList(1, 4)) {
      List<String> names = likelihood.parameterNames();
      assertThatThrownBy(() -> likelihood.mean(parameters, pass))
          .isInstanceOf(ShapeException.class)
          .hasMessageEndingWith(
              "needs parameter arrays of one shape (..., D), not %s of (4, 7) and %s of (7)",
              names.get(0), names.get(1));
    }
  }

  @Test
  void inputsAreLeftAsTheyWere() {
    for (Likelihood likelihood : likelihoods()) {
      NDArray x = examples(4, 7);
      NDList parameters = parameters(likelihood, new Shape(4, 7));
      NDArray xBefore = x.duplicate();
      List<NDArray> before = parameters.stream().map(NDArray::duplicate).toList();
      likelihood.logProb(x, parameters, pass);
      likelihood.mean(parameters, pass);
      likelihood.sample(parameters, pass);
      assertThat(x).isEqualTo(xBefore);
      assertThat(List.copyOf(parameters)).isEqualTo(before);
    }
  }

  /** Pixel values, which a Bernoulli takes for the purpose of these tests too. */
  private NDArray examples(int rows, int columns) {
    NDArray pixels = manager.randomUniform(0, 256, new Shape(rows, columns)).floor();
    return Tensors.multiply(pixels.add(0.5), 1.0 / 256);
  }

  private NDList parameters(Likelihood likelihood, Shape shape) {
    NDList parameters = new NDList();
    for (int i = 0; i < likelihood.parameterNames().size(); i++) {
      parameters.add(manager.randomNormal(shape));
    }
    return parameters;
  }
}
