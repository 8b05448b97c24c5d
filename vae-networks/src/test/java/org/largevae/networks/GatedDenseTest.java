package org.largevae.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Pass;
import org.largevae.api.tensor.ShapeException;
import org.largevae.testkit.GradientCheck;

class GatedDenseTest {
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

  @Test
  void theFirstHalfIsGatedByTheSecond() {
    GatedDense layer = new GatedDense(1, 2);
    layer.initialize(manager, DataType.FLOAT32);
    // h = (2x + 1, -x), g = (0, x)
    set(layer, "weight", new float[] {2, -1, 0, 1}, new Shape(4, 1));
    set(layer, "bias", new float[] {1, 0, 0, 0}, new Shape(4));

    NDArray y = forward(layer, manager.create(new float[] {3}, new Shape(1, 1)));

    double sigmoid3 = 1 / (1 + Math.exp(-3));
    assertThat(PlainNetwork.doubles(y))
        .containsExactly(new double[] {7 * 0.5, -3 * sigmoid3}, within(1e-6));
  }

  @Test
  void gatesSaturateWithoutOverflow() {
    GatedDense layer = new GatedDense(1, 1);
    layer.initialize(manager, DataType.FLOAT32);
    set(layer, "weight", new float[] {1, 1}, new Shape(2, 1));
    set(layer, "bias", new float[] {0, 0}, new Shape(2));

    NDArray y = forward(layer, manager.create(new float[] {-1e4f, 1e4f}, new Shape(2, 1)));

    assertThat(PlainNetwork.doubles(y)).containsExactly(new double[] {0, 1e4}, within(1e-12));
  }

  @Test
  void weightsAndBiasesStartWithTheGivenMoments() {
    int inputs = 400;
    int units = 300;
    GatedDense layer = new GatedDense(inputs, units);
    layer.initialize(manager, DataType.FLOAT32);

    double[] weights = PlainNetwork.doubles(layer.getParameters().get("weight").getArray());
    double[] biases = PlainNetwork.doubles(layer.getParameters().get("bias").getArray());

    assertThat(weights).hasSize(2 * units * inputs);
    assertThat(biases).hasSize(2 * units);
    // within five standard errors; the variance of a sample variance is (m4 - v^2) / n
    double variance = 2.0 / inputs;
    assertThat(mean(weights)).isEqualTo(0, within(5 * Math.sqrt(variance / weights.length)));
    assertThat(meanSquare(weights))
        .isEqualTo(variance, within(5 * variance * Math.sqrt(2.0 / weights.length)));
    double bound = 1 / Math.sqrt(inputs);
    double uniformVariance = bound * bound / 3;
    assertThat(DoubleStream.of(biases)).allMatch(bias -> Math.abs(bias) <= bound);
    assertThat(mean(biases)).isEqualTo(0, within(5 * Math.sqrt(uniformVariance / biases.length)));
    assertThat(meanSquare(biases))
        .isEqualTo(uniformVariance, within(5 * uniformVariance * Math.sqrt(0.8 / biases.length)));
  }

  @Test
  void parametersHaveTheFusedShapesAndTypes() {
    GatedDense layer = new GatedDense(5, 3);

    layer.initialize(manager, DataType.FLOAT32);

    assertThat(layer.getParameters().keys()).containsExactly("weight", "bias");
    Parameter weight = layer.getParameters().get("weight");
    Parameter bias = layer.getParameters().get("bias");
    assertThat(weight.getArray().getShape()).isEqualTo(new Shape(6, 5));
    assertThat(weight.getType()).isEqualTo(Parameter.Type.WEIGHT);
    assertThat(bias.getArray().getShape()).isEqualTo(new Shape(6));
    assertThat(bias.getType()).isEqualTo(Parameter.Type.BIAS);
    assertThat(layer.getOutputShapes(new Shape[] {new Shape(7, 5)}))
        .containsExactly(new Shape(7, 3));
  }

  @Test
  void gradientsMatchFiniteDifferencesAlsoAfterACollection() {
    GatedDense layer = new GatedDense(3, 2);
    layer.initialize(manager, DataType.FLOAT64);
    NDArray x = manager.randomNormal(new Shape(4, 3), DataType.FLOAT64);
    NDArray weight = layer.getParameters().get("weight").getArray();
    NDArray bias = layer.getParameters().get("bias").getArray();

    GradientCheck.verify(List.of(x, weight, bias), () -> Pass.training(manager).forward(layer, x));
  }

  @Test
  void leadingAxesAreKept() {
    GatedDense layer = new GatedDense(3, 2);
    layer.initialize(manager, DataType.FLOAT32);
    NDArray x = manager.randomNormal(new Shape(4, 5, 3));

    NDArray y = forward(layer, x);

    assertThat(y.getShape()).isEqualTo(new Shape(4, 5, 2));
    assertThat(PlainNetwork.doubles(y))
        .containsExactly(PlainNetwork.doubles(forward(layer, x.reshape(20, 3))), within(1e-6));
  }

  @Test
  void anInputOfAnotherWidthIsRefused() {
    GatedDense layer = new GatedDense(3, 2);
    layer.initialize(manager, DataType.FLOAT32);

    assertThatThrownBy(() -> forward(layer, manager.zeros(new Shape(4, 5))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("input of shape (4, 5) does not fit: the network takes (B, 3)");
    assertThatThrownBy(() -> forward(layer, manager.zeros(new Shape())))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void sizesBelowOneAreRefused() {
    assertThatThrownBy(() -> new GatedDense(0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a linear map from 0 to 4 values: both must be at least 1");
    assertThatThrownBy(() -> new GatedDense(2, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private NDArray forward(GatedDense layer, NDArray x) {
    return Pass.inference(manager).forward(layer, x);
  }

  private void set(GatedDense layer, String name, float[] values, Shape shape) {
    manager.create(values, shape).copyTo(layer.getParameters().get(name).getArray());
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double meanSquare(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum / values.length;
  }
}
