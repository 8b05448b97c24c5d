package org.largevae.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.largevae.api.component.Start;

/** A start for components that do not look at the data. */
record OnlyManager(NDManager manager) implements Start {
  @Override
  public NDArray trainingExamples(int count) {
    throw new AssertionError("the networks start without examples");
  }
}
