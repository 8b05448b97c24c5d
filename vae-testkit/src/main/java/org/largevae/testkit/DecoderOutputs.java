package org.largevae.testkit;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.likelihood.Likelihood;

/** Arrays such as a decoder may give to a likelihood. */
final class DecoderOutputs {

  private DecoderOutputs() {}

  /**
   * Standard normal values, one array of shape (rows, D) for each of the likelihood's parameters.
   */
  static NDList draw(Bench<Likelihood> bench, int rows, int seed) {
    NDList arrays = new NDList();
    int count = bench.component().parameterNames().size();
    for (int i = 0; i < count; i++) {
      arrays.add(bench.normal(new Shape(rows, bench.shape().dimensions()), 100 * seed + i));
    }
    return arrays;
  }
}
