package org.largevae.api.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import org.junit.jupiter.api.Test;

class ParameterBlockTest {

  @Test
  void parametersGetTheirStartAndAreTrained() {
    try (NDManager manager = NDManager.newBaseManager()) {
      ParameterBlock block = new ParameterBlock();
      Parameter means = block.add("means", new Shape(2, 3), Initializer.ONES);
      Parameter weights = block.add("weights", new Shape(2), Initializer.ZEROS);

      block.initialize(manager, DataType.FLOAT32);

      assertThat(block.getParameters().keys()).containsExactly("means", "weights");
      assertThat(means.getArray().getShape()).isEqualTo(new Shape(2, 3));
      assertThat(means.getArray().getName()).isEqualTo("means");
      assertThat(means.getArray().toFloatArray()).containsOnly(1);
      assertThat(means.getArray().hasGradient()).isTrue();
      assertThat(weights.getArray().toFloatArray()).containsOnly(0);
    }
  }

  @Test
  void aTakenNameIsRefused() {
    ParameterBlock block = new ParameterBlock();
    block.add("means", new Shape(1), Initializer.ONES);

    assertThatThrownBy(() -> block.add("means", new Shape(2), Initializer.ONES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter \"means\" exists already");
  }

  @Test
  void stateIsAParameterThatIsNotTrained() {
    try (NDManager manager = NDManager.newBaseManager()) {
      ParameterBlock block = new ParameterBlock();
      Parameter means = block.add("means", new Shape(2), Initializer.ONES);
      Parameter state = block.addState("log_normaliser", new Shape(3), Initializer.ZEROS);

      block.initialize(manager, DataType.FLOAT32);

      assertThat(block.getParameters().keys()).containsExactly("means", "log_normaliser");
      assertThat(means.requiresGradient()).isTrue();
      assertThat(state.requiresGradient()).isFalse();
      assertThat(state.getArray().hasGradient()).isFalse();
      assertThat(state.getArray().toFloatArray()).containsExactly(0, 0, 0);
      assertThatThrownBy(() -> block.addState("means", new Shape(2), Initializer.ONES))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("parameter \"means\" exists already");
    }
  }

  @Test
  void itIsNoLayer() {
    try (NDManager manager = NDManager.newBaseManager()) {
      ParameterBlock block = new ParameterBlock();
      NDList input = new NDList(manager.ones(new Shape(1)));

      assertThatThrownBy(() -> block.forward(new ParameterStore(manager, false), input, false))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("has no forward");
      assertThatThrownBy(() -> block.getOutputShapes(new Shape[] {new Shape(1)}))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("has no output");
    }
  }
}
