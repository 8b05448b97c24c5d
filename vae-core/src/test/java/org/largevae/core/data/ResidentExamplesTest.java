package org.largevae.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;
import org.largevae.api.data.Batch;
import org.largevae.core.preparation.Examples;

class ResidentExamplesTest {
  @Test
  void labelsComeWithTheirExamples() {
    float[] values = {0, 1, 10, 11, 20, 21};
    Examples examples = new Examples(3, 2, values).withLabels(new float[] {5, 6, 7});
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      ResidentExamples resident = ResidentExamples.of(manager, examples, false);
      Batch batch = resident.trainingBatch(new long[] {2, 0, 2});

      assertThat(batch.x().toFloatArray()).containsExactly(20, 21, 0, 1, 20, 21);
      assertThat(batch.labels().orElseThrow().toFloatArray()).containsExactly(7, 5, 7);
      assertThat(resident.all().labels().orElseThrow().toFloatArray()).containsExactly(5, 6, 7);
    }
  }
}
