package org.largevae.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.util.NativeResource;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;

class StepParametersTest {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final Map<Parameter, Boolean> readDirectly = new IdentityHashMap<>();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void gradientIsTheStepsOwn() {
    Parameter parameter = parameter();
    for (int step = 0; step < 3; step++) {
      assertThat(gradient(parameter, (pass, w) -> pass.value(w).square().sum()))
          .as("not added to that of the step before")
          .containsExactly(2, 4, 6);
    }
  }

  @Test
  void changesOfTheParameterAreSeen() {
    Parameter parameter = parameter();
    gradient(parameter, (pass, w) -> pass.value(w).sum());
    try (NDArray other = manager.create(new float[] {5, 6, 7})) {
      Copies.copy(other, parameter.getArray());
    }
    assertThat(gradient(parameter, (pass, w) -> pass.value(w).square().sum()))
        .containsExactly(10, 12, 14);
  }

  @Test
  void parameterThatIsReadPastThePassHasItsGradientToo() {
    Parameter parameter = parameter();
    for (int step = 0; step < 2; step++) {
      assertThat(gradient(parameter, (pass, w) -> w.getArray().square().sum()))
          .containsExactly(2, 4, 6);
      assertThat(gradient(parameter, (pass, w) -> pass.value(w).mul(w.getArray()).sum()))
          .as("both ways at once")
          .containsExactly(2, 4, 6);
    }
  }

  @Test
  void gradientOfAParameterThatIsNotUsedIsZero() {
    Parameter parameter = parameter();
    Parameter other = parameter();
    assertThat(gradient(parameter, (pass, w) -> pass.value(other).sum())).containsExactly(0, 0, 0);
  }

  @Test
  void frozenParameterIsGivenItself() {
    Parameter parameter = parameter();
    parameter.freeze(true);
    try (StepParameters step = new StepParameters(manager, readDirectly)) {
      assertThat(step.getValue(parameter, Device.cpu(), true)).isSameAs(parameter.getArray());
    }
    parameter.freeze(false);
    try (StepParameters step = new StepParameters(manager, readDirectly)) {
      assertThat(step.getValue(parameter, Device.cpu(), false)).isSameAs(parameter.getArray());
    }
  }

  @Test
  void scopeKeepsOnlyTheLossAndGradientsStayRight() {
    Parameter parameter = parameter();
    try (StepParameters step = new StepParameters(manager, readDirectly);
        GradientScope scope = new GradientScope()) {
      NDArray square;
      NDArray loss;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        square = Pass.training(manager, step).value(parameter).square();
        loss = square.sum();
        scope.keepOnly(loss);
        assertThat(((NativeResource<?>) square).isReleased()).isTrue();
        collector.backward(loss);
      }
      assertThat(loss.getFloat()).isEqualTo(14);
      assertThat(step.gradient(parameter).toFloatArray()).containsExactly(2, 4, 6);
    }
  }

  private float[] gradient(Parameter parameter, BiFunction<Pass, Parameter, NDArray> loss) {
    try (StepParameters step = new StepParameters(manager, readDirectly);
        GradientScope scope = new GradientScope()) {
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(loss.apply(Pass.training(manager, step), parameter));
      }
      return step.gradient(parameter).toFloatArray();
    }
  }

  private Parameter parameter() {
    ParameterBlock block = new ParameterBlock();
    Parameter parameter =
        block.add(
            "w", new Shape(3), (owner, shape, type) -> owner.create(new float[] {1, 2, 3}, shape));
    block.initialize(manager, DataType.FLOAT32);
    return parameter;
  }
}
