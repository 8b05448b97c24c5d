package org.largevae.networks.convolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.component.Pass;
import org.largevae.api.tensor.ShapeException;
import org.largevae.testkit.GradientCheck;

class GatedConvolutionTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(3);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** Among them pictures of one channel, whose rows become channels, with and without padding. */
  @ParameterizedTest
  @CsvSource({
    "2, 3, 3, 2, 1, 6, 5",
    "2, 2, 5, 1, 2, 7, 9",
    "3, 2, 1, 1, 0, 4, 3",
    "1, 3, 7, 1, 3, 6, 5",
    "1, 2, 3, 1, 1, 5, 7",
    "1, 2, 3, 1, 0, 5, 7",
    "1, 2, 3, 2, 1, 6, 5",
  })
  void oneConvolutionGivesBothFactors(
      int channels, int outputs, int kernel, int stride, int padding, int height, int width) {
    GatedConvolution layer = new GatedConvolution(channels, outputs, kernel, stride, padding);
    layer.initialize(manager, DataType.FLOAT32);
    NDArray x = Pictures.normal(manager, 2, channels, height, width);

    NDArray y = Pass.inference(manager).forward(layer, x);

    double[] weight = Pictures.doubles(layer.getParameters().get("weight").getArray());
    double[] bias = Pictures.doubles(layer.getParameters().get("bias").getArray());
    Shape shape = y.getShape();
    int rows = (height + 2 * padding - kernel) / stride + 1;
    int columns = (width + 2 * padding - kernel) / stride + 1;
    assertThat(shape).isEqualTo(new Shape(2, outputs, rows, columns));
    assertThat(layer.getOutputShapes(new Shape[] {x.getShape()})).containsExactly(shape);
    double[] pixels = Pictures.doubles(x);
    double[] found = Pictures.doubles(y);
    int size = channels * kernel * kernel;
    for (int i = 0; i < found.length; i++) {
      int output = i / (rows * columns) % outputs;
      double[] factors = new double[2];
      for (int half = 0; half < 2; half++) {
        int map = half * outputs + output;
        double sum = bias[map];
        for (int tap = 0; tap < size; tap++) {
          int channel = tap / (kernel * kernel);
          int row = i / columns % rows * stride - padding + tap / kernel % kernel;
          int column = i % columns * stride - padding + tap % kernel;
          if (row >= 0 && row < height && column >= 0 && column < width) {
            int example = i / (rows * columns * outputs);
            int pixel = ((example * channels + channel) * height + row) * width + column;
            sum += weight[map * size + tap] * pixels[pixel];
          }
        }
        factors[half] = sum;
      }
      double expected = factors[0] / (1 + Math.exp(-factors[1]));
      assertThat(found[i]).isEqualTo(expected, within(1e-5));
    }
  }

  @Test
  void weightsAndBiasesStartUniformWithinTheBound() {
    GatedConvolution layer = new GatedConvolution(32, 64, 5, 1, 2);
    layer.initialize(manager, DataType.FLOAT32);

    double bound = 1 / Math.sqrt(32 * 25);
    for (String name : List.of("weight", "bias")) {
      double[] values = Pictures.doubles(layer.getParameters().get(name).getArray());
      double variance = bound * bound / 3;
      assertThat(DoubleStream.of(values)).allMatch(value -> Math.abs(value) <= bound);
      // within five standard errors; the fourth moment of a uniform variable is 9/5 v^2
      double square = DoubleStream.of(values).map(value -> value * value).average().orElseThrow();
      assertThat(DoubleStream.of(values).average().orElseThrow())
          .isEqualTo(0, within(5 * Math.sqrt(variance / values.length)));
      assertThat(square).isEqualTo(variance, within(5 * variance * Math.sqrt(0.8 / values.length)));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 5, 1", "2, 3, 2"})
  void gradientsMatchFiniteDifferencesAlsoAfterACollection(int channels, int kernel, int stride) {
    GatedConvolution layer = new GatedConvolution(channels, 2, kernel, stride, kernel / 2);
    layer.initialize(manager, DataType.FLOAT64);
    NDArray x = manager.randomNormal(new Shape(2, channels, 6, 5), DataType.FLOAT64);
    NDArray weight = layer.getParameters().get("weight").getArray();
    NDArray bias = layer.getParameters().get("bias").getArray();

    GradientCheck.verify(List.of(x, weight, bias), () -> Pass.training(manager).forward(layer, x));
  }

  @Test
  void aPictureThatDoesNotFitIsRefused() {
    GatedConvolution layer = new GatedConvolution(1, 2, 5, 1, 1);
    layer.initialize(manager, DataType.FLOAT32);
    NDArray small = Pictures.uniform(manager, 1, 1, 2, 8);

    assertThatThrownBy(() -> Pass.inference(manager).forward(layer, small))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "input of shape (1, 1, 2, 8) does not fit: the convolution takes (B, 1, H, W), H and W"
                + " at least 3");
    assertThatThrownBy(() -> new GatedConvolution(1, 0, 3, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "a convolution from 1 to 0 channels, kernel 3, stride 1, padding 1");
  }
}
