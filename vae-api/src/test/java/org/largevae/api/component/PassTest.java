package org.largevae.api.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void aPassKnowsWhetherItTrains() {
    assertThat(Pass.training(manager).isTraining()).isTrue();
    assertThat(Pass.inference(manager).isTraining()).isFalse();
    assertThat(Pass.inference(manager).manager()).isSameAs(manager);
    assertThatThrownBy(() -> Pass.training(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("manager is null");
  }

  @Test
  void aParameterIsReadWhereItStands() {
    ParameterBlock block = new ParameterBlock();
    Parameter parameter = block.add("means", new Shape(2), Initializer.ONES);
    block.initialize(manager, DataType.FLOAT32);

    assertThat(Pass.training(manager).value(parameter)).isSameAs(parameter.getArray());
    assertThat(Pass.inference(manager).value(parameter)).isSameAs(parameter.getArray());
  }

  @Test
  void aTrainingLoopMayGiveTheValues() {
    ParameterBlock block = new ParameterBlock();
    Parameter parameter = block.add("means", new Shape(2), Initializer.ONES);
    block.initialize(manager, DataType.FLOAT32);
    NDArray other = manager.zeros(new Shape(2));
    ParameterStore store =
        new ParameterStore(manager, false) {
          @Override
          public NDArray getValue(Parameter asked, Device device, boolean training) {
            assertThat(asked).isSameAs(parameter);
            assertThat(training).isTrue();
            return other;
          }
        };

    assertThat(Pass.training(manager, store).value(parameter)).isSameAs(other);
    assertThat(Pass.training(manager, store).isTraining()).isTrue();
  }

  @Test
  void aBlockRunsWithThePassesMode() {
    Block dropout = Dropout.builder().optRate(0.999f).build();
    dropout.initialize(manager, DataType.FLOAT32, new Shape(1, 1000));
    NDArray ones = manager.ones(new Shape(1, 1000));

    NDArray inference = Pass.inference(manager).forward(dropout, ones);
    NDArray training = Pass.training(manager).forward(dropout, ones);

    assertThat(inference.toFloatArray()).containsOnly(1);
    assertThat(training.toFloatArray()).contains(0);
  }

  @Test
  void aBlocksOutputIsItsForward() {
    Block linear = Linear.builder().setUnits(2).build();
    linear.setInitializer(Initializer.ONES, parameter -> true);
    linear.initialize(manager, DataType.FLOAT32, new Shape(1, 3));

    NDArray output = Pass.inference(manager).forward(linear, manager.ones(new Shape(1, 3)));

    assertThat(output.toFloatArray()).containsExactly(4, 4);
  }

  @Test
  void aComponentsBlockIsInitialisedByDefault() {
    ParameterBlock block = new ParameterBlock();
    Parameter parameter = block.add("means", new Shape(2), Initializer.ONES);
    Component component =
        new Component() {
          @Override
          public Optional<Block> block() {
            return Optional.of(block);
          }
        };

    component.initialize(new NoExamples(manager));

    assertThat(parameter.getArray().toFloatArray()).containsExactly(1, 1);
    assertThat(parameter.getArray().getDataType()).isEqualTo(DataType.FLOAT32);
  }

  @Test
  void aComponentWithoutParametersNeedsNoStart() {
    Component component = new Component() {};

    component.initialize(new NoExamples(manager));

    assertThat(component.block()).isEmpty();
  }

  @Test
  void stateIsAssignedFromTheNextReadOn() {
    ParameterBlock block = new ParameterBlock();
    Parameter state = block.addState("mean", new Shape(2), Initializer.ONES);
    block.initialize(manager, DataType.FLOAT32);
    Pass pass = Pass.training(manager);

    pass.assign(state, manager.create(new float[] {2, 3}));

    assertThat(pass.value(state).toFloatArray()).containsExactly(2, 3);
    assertThat(Pass.inference(manager).value(state).toFloatArray()).containsExactly(2, 3);
    assertThat(state.requiresGradient()).isFalse();
  }

  @Test
  void noGradientFlowsIntoState() {
    ParameterBlock block = new ParameterBlock();
    Parameter state = block.addState("mean", new Shape(2), Initializer.ONES);
    block.initialize(manager, DataType.FLOAT32);
    Pass pass = Pass.training(manager);
    NDArray x = manager.create(new float[] {2, 3});
    x.setRequiresGradient(true);

    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      pass.assign(state, x.square());
      collector.backward(x.sum().add(pass.value(state).sum()));
    }

    assertThat(x.getGradient().toFloatArray()).containsExactly(1, 1);
    assertThat(state.getArray().toFloatArray()).containsExactly(4, 9);
  }

  @Test
  void aCopyOfStateKeepsItsValuesForAGradient() {
    ParameterBlock block = new ParameterBlock();
    Parameter state = block.addState("scale", new Shape(2), Initializer.ONES);
    block.initialize(manager, DataType.FLOAT32);
    Pass pass = Pass.training(manager);
    NDArray x = manager.create(new float[] {2, 3});
    x.setRequiresGradient(true);

    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray loss = x.mul(pass.value(state).duplicate()).sum();
      pass.assign(state, manager.create(new float[] {5, 7}));
      collector.backward(loss);
    }

    assertThat(x.getGradient().toFloatArray()).containsExactly(1, 1);
    assertThat(pass.value(state).toFloatArray()).containsExactly(5, 7);
  }

  @Test
  void aTrainedParameterCannotBeAssigned() {
    ParameterBlock block = new ParameterBlock();
    Parameter means = block.add("means", new Shape(2), Initializer.ONES);
    block.initialize(manager, DataType.FLOAT32);

    assertThatThrownBy(() -> Pass.training(manager).assign(means, manager.zeros(new Shape(2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter \"means\" is trained; only state can be assigned");
  }

  private record NoExamples(NDManager manager) implements Start {
    @Override
    public NDArray trainingExamples(int count) {
      throw new AssertionError("the default start asks for no examples");
    }
  }
}
