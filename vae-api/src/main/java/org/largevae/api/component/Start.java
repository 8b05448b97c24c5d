package org.largevae.api.component;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** What a component may use to give its parameters their initial values. */
public interface Start {

  /**
   * Makes the parameters' arrays. It is on the CPU whatever the experiment's device, so that a seed
   * gives the same initial values everywhere; the model moves the parameters afterwards.
   *
   * @return the manager that owns the parameters
   */
  NDManager manager();

  /**
   * Training examples drawn without replacement.
   *
   * @param count how many, at least 1
   * @return the examples as the model sees them, shape (count, D), float32, owned by {@link
   *     #manager()}; zeros where a trained model is being loaded and the initial values are about
   *     to be replaced
   * @throws org.largevae.api.config.ConfigurationException if there are fewer than {@code count}
   */
  NDArray trainingExamples(int count);

  /**
   * N, how many training examples there are, for state that holds something of each. A model whose
   * components have asked for it is one that is made of its training examples: it is refused where
   * they have changed since.
   *
   * @return at least 1; where a trained model is being loaded, how many it was trained on
   * @throws UnsupportedOperationException where there are no such examples
   */
  default long trainingSize() {
    throw new UnsupportedOperationException("nothing is known of training examples here");
  }
}
