package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Copies between NDArrays of any floating type and Java's doubles. */
final class Arrays64 {

  private Arrays64() {}

  /** The values in row-major order. */
  static double[] values(NDArray array) {
    Number[] numbers = array.toArray();
    double[] values = new double[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i].doubleValue();
    }
    return values;
  }

  /** An array of float32 or float64. */
  static NDArray create(NDManager manager, double[] values, Shape shape, DataType type) {
    if (type == DataType.FLOAT64) {
      return manager.create(values, shape);
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return manager.create(floats, shape);
  }
}
