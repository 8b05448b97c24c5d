package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.largevae.api.data.DataException;
import org.largevae.api.tensor.ShapeException;
import org.largevae.core.testing.TinyData;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VaeTensorsTest {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final float[][] rows = TinyData.BINARY.rows(5, 2);
  private TrainedVae vae;
  private VaeTensors tensors;
  private NDArray examples;

  @BeforeAll
  void train() {
    vae = TinyVaes.train(TinyData.BINARY);
    tensors = vae.tensors(manager);
    examples = manager.create(rows);
  }

  @AfterAll
  void close() {
    vae.close();
    manager.close();
  }

  @Test
  void arraysGiveWhatPlainArraysGive() {
    assertThat(rowsOf(tensors.encode(examples))).isDeepEqualTo(vae.encode(rows));
    assertThat(rowsOf(tensors.encodeSample(examples, 3))).isDeepEqualTo(vae.encodeSample(rows, 3));
    assertThat(rowsOf(tensors.reconstruct(examples))).isDeepEqualTo(vae.reconstruct(rows));
    assertThat(rowsOf(tensors.sample(4, 3))).isDeepEqualTo(vae.sample(4, 3));
    NDArray latents = tensors.encode(examples);
    assertThat(rowsOf(tensors.decode(latents))).isDeepEqualTo(vae.reconstruct(rows));
    NDArray scores = tensors.logLikelihood(examples, 7, 3);
    assertThat(scores.getDataType()).isEqualTo(DataType.FLOAT64);
    assertThat(scores.toDoubleArray()).isEqualTo(vae.logLikelihood(rows, 7, 3));
    assertThat(tensors.elbo(examples, 7, 3).toDoubleArray()).isEqualTo(vae.elbo(rows, 7, 3));
  }

  @Test
  void otherTypesAreConverted() {
    for (DataType type : new DataType[] {DataType.FLOAT64, DataType.INT32, DataType.UINT8}) {
      NDArray converted = examples.toType(type, true);
      assertThat(rowsOf(tensors.encode(converted))).isDeepEqualTo(vae.encode(rows));
      assertThat(converted.getDataType()).isEqualTo(type);
    }
  }

  @Test
  void resultsBelongToTheGivenManagerAndNothingElseIsLeftThere() {
    try (NDManager owner = manager.newSubManager()) {
      NDArray result;
      try (NDScope applications = new NDScope()) {
        result = vae.tensors(owner).encode(examples);
        vae.tensors(owner).logLikelihood(examples, 3, 1);
      }
      assertThat(owner.getManagedArrays()).hasSize(2);
      assertThat(result.toFloatArray()).hasSize(10);
    }
    assertThat(examples.toFloatArray()).as("the argument is left alone").hasSize(30);
  }

  @Test
  void otherShapesAndValuesAreRefused() {
    assertThatThrownBy(() -> tensors.encode(manager.zeros(new Shape(5, 7))))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("(5, 7)")
        .hasMessageContaining("(B, 6)");
    assertThatThrownBy(() -> tensors.encode(manager.zeros(new Shape(6))))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> tensors.reconstruct(manager.zeros(new Shape(0, 6))))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> tensors.decode(manager.zeros(new Shape(2, 3))))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("latents of shape (2, 3)");
    NDArray half = manager.full(new Shape(2, 6), 0.5f);
    assertThatThrownBy(() -> tensors.logLikelihood(half, 3, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("value 0 of example 0 is 0.5");
    assertThatThrownBy(() -> tensors.decode(manager.full(new Shape(2, 2), Float.NaN)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("value 0 of latent 0 is NaN");
  }

  private static float[][] rowsOf(NDArray array) {
    return SharedModel.split(array);
  }
}
