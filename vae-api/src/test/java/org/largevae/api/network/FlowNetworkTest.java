package org.largevae.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.testing.GradientCheck;

class FlowNetworkTest {
  private NDManager manager;
  private final ParameterBlock block = new ParameterBlock();

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(5);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** With more hidden units than latents, and with fewer, so that some degrees have no unit. */
  @ParameterizedTest
  @CsvSource({
    "5, false, 11, 0",
    "5, true, 11, 0",
    "5, false, 3, 2",
    "5, true, 9, 2",
    "1, false, 4, 0",
    "1, true, 4, 3",
    "2, false, 4, 0"
  })
  void outputsForALatentDependOnThoseBeforeItAlone(
      int size, boolean reversed, int units, int context) {
    FlowNetwork network =
        FlowNetwork.autoregressive(block, "n", size, reversed, List.of(units, 13), 2, context);
    Function<Parameter, NDArray> values = filled();
    NDArray x = manager.randomNormal(new Shape(1, size), DataType.FLOAT64);
    NDArray given = manager.randomNormal(new Shape(1, Math.max(1, context)), DataType.FLOAT64);
    x.setRequiresGradient(true);
    given.setRequiresGradient(true);

    for (int output = 0; output < 2 * size; output++) {
      zero(x);
      zero(given);
      NDArray out;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        out = context > 0 ? network.apply(values, x, given) : network.apply(values, x);
        // the sum with zeros keeps a leaf in the graph on which no output depends
        collector.backward(out.get(0, output).add(x.sub(x).sum()).add(given.sub(given).sum()));
      }
      double[] gradient = x.getGradient().toDoubleArray();
      for (int input = 0; input < size; input++) {
        int of = output % size;
        boolean before = reversed ? input > of : input < of;
        // a narrow layer has no unit for some; a wide one leaves none out
        if (!before) {
          assertThat(gradient[input]).as("output %d by %d", output, input).isZero();
        } else if (units > size) {
          assertThat(gradient[input]).as("output %d by %d", output, input).isNotZero();
        }
      }
      if (context > 0) {
        assertThat(given.getGradient().toDoubleArray()).as("output %d", output).doesNotContain(0);
      }
      assertThat(out.getShape()).isEqualTo(new Shape(1, 2L * size));
    }
  }

  @Test
  void aDenseNetworkIsTheProductOfItsLayers() {
    FlowNetwork network = FlowNetwork.dense(block, "n", 2, List.of(3), 1);
    Function<Parameter, NDArray> values = filled();
    double[][] first = matrix(values, "n_1_weight", 2);
    double[] bias = values.apply(parameter("n_1_bias")).toDoubleArray();
    double[][] second = matrix(values, "n_2_weight", 3);
    double expected = values.apply(parameter("n_2_bias")).getDouble(0);
    double[] x = {0.3, -1.2};
    for (int unit = 0; unit < 3; unit++) {
      double sum = bias[unit] + first[unit][0] * x[0] + first[unit][1] * x[1];
      expected += second[0][unit] * Math.tanh(sum);
    }

    NDArray outputs = network.apply(values, manager.create(x));

    assertThat(outputs.getShape()).isEqualTo(new Shape(1));
    assertThat(outputs.getDouble(0)).isEqualTo(expected, within(1e-12));
  }

  @Test
  void itStartsAtZeroWithNamedParameters() {
    FlowNetwork network = FlowNetwork.autoregressive(block, "step1", 3, false, List.of(8), 2, 4);
    block.initialize(manager, DataType.FLOAT32);
    Pass pass = Pass.inference(manager);

    NDArray outputs =
        network.apply(
            pass::value, manager.randomNormal(new Shape(5, 2, 3)), manager.ones(new Shape(2, 4)));

    assertThat(block.getParameters().keys())
        .containsExactly(
            "step1_1_weight",
            "step1_1_bias",
            "step1_2_weight",
            "step1_2_bias",
            "step1_context_weight");
    assertThat(outputs).isEqualTo(manager.zeros(new Shape(5, 2, 6)));
  }

  @Test
  void gradientsMatchFiniteDifferencesAlsoAfterACollection() {
    FlowNetwork network = FlowNetwork.autoregressive(block, "n", 3, true, List.of(4), 2, 2);
    Function<Parameter, NDArray> values = filled();
    NDArray x = manager.randomNormal(new Shape(2, 3), DataType.FLOAT64);
    NDArray context = manager.randomNormal(new Shape(2, 2), DataType.FLOAT64);
    List<NDArray> leaves = new ArrayList<>(List.of(x, context));
    block.getParameters().values().forEach(parameter -> leaves.add(values.apply(parameter)));

    GradientCheck.verify(leaves, () -> network.apply(values, x, context));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    FlowNetwork dense = FlowNetwork.dense(block, "a", 2, List.of(3), 1);
    FlowNetwork withContext = FlowNetwork.autoregressive(block, "b", 2, false, List.of(3), 1, 2);
    Function<Parameter, NDArray> values = filled();
    NDArray x = manager.zeros(new Shape(4, 2), DataType.FLOAT64);

    assertThatThrownBy(() -> dense.apply(values, manager.zeros(new Shape(4, 3))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("values of shape (4, 3) must have the shape (..., 2)");
    assertThatThrownBy(() -> dense.apply(values, x, x)).hasMessage("the network takes no context");
    assertThatThrownBy(() -> withContext.apply(values, x))
        .hasMessage("the network needs a context");
  }

  /** Float64 values for every parameter, none of them zero. */
  private Function<Parameter, NDArray> filled() {
    for (Parameter parameter : block.getParameters().values()) {
      parameter.setInitializer((m, shape, type) -> m.randomNormal(shape, type));
    }
    block.initialize(manager, DataType.FLOAT64);
    return Pass.inference(manager)::value;
  }

  private Parameter parameter(String name) {
    return block.getParameters().get(name);
  }

  private double[][] matrix(Function<Parameter, NDArray> values, String name, int columns) {
    double[] flat = values.apply(parameter(name)).toDoubleArray();
    return Stream.iterate(0, from -> from < flat.length, from -> from + columns)
        .map(from -> Arrays.copyOfRange(flat, from, from + columns))
        .toArray(double[][]::new);
  }

  private static void zero(NDArray leaf) {
    leaf.getGradient().set(new NDIndex("..."), 0);
  }
}
