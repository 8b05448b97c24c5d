package org.largevae.priors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.component.Start;

/** Training examples that a test knows: every value of example i is i / 1000. */
record FixedStart(NDManager manager, int dimensions) implements Start {
  @Override
  public NDArray trainingExamples(int count) {
    float[] values = new float[count * dimensions];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i / dimensions) / 1000f;
    }
    return manager.create(values, new Shape(count, dimensions));
  }
}
