package org.largevae.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;

class BatchNormalizationTest {

  @Test
  void trainingNormalisesByTheBatchAndMovesTheRunningStatistics() {
    ParameterBlock block = new ParameterBlock();
    BatchNormalization normalization = new BatchNormalization(block, "n_", 1);
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      block.initialize(manager, DataType.FLOAT32);
      NDArray scale = block.getParameters().get("n_weight").getArray();
      NDArray shift = block.getParameters().get("n_bias").getArray();
      scale.set(new NDIndex("..."), 3f);
      shift.set(new NDIndex("..."), -1f);
      // of mean 2 and variance 2, unbiased 8/3
      NDArray x = manager.create(new float[] {0, 2, 2, 4}, new Shape(2, 1, 1, 2));
      Pass pass = Pass.training(manager);

      float[] normalised = normalization.learn(x, pass).toFloatArray();

      float outer = (float) (3 * 2 / Math.sqrt(2 + 1e-5));
      assertThat(normalised)
          .containsExactly(new float[] {-1 - outer, -1, -1, -1 + outer}, within(1e-5f));
      assertThat(state(block, "n_running_mean")).isEqualTo(0.2f, within(1e-6f));
      float variance = (float) (0.9 + 0.1 * 8 / 3);
      assertThat(state(block, "n_running_variance")).isEqualTo(variance, within(1e-6f));

      float factor = normalization.factor(pass::value).getFloat(0);
      assertThat(factor).isEqualTo((float) (3 / Math.sqrt(variance + 1e-5)), within(1e-5f));
      assertThat(normalization.offset(pass::value).getFloat(0))
          .isEqualTo(-1 - factor * 0.2f, within(1e-5f));
    }
  }

  private static float state(ParameterBlock block, String name) {
    return block.getParameters().get(name).getArray().getFloat(0);
  }
}
