package org.largevae.priors.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.distribution.Density;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;

/** What a prior that knows nothing of data sees of a pass. */
record PriorPass(Pass pass) implements PriorContext {

  /** The prior's distribution in a pass. */
  static Density distribution(Prior prior, Pass pass) {
    return prior.distribution(new PriorPass(pass));
  }

  /** Gives the parameters their start. */
  static void initialize(Prior prior, NDManager owner) {
    prior.initialize(
        new Start() {
          @Override
          public NDManager manager() {
            return owner;
          }

          @Override
          public NDArray trainingExamples(int count) {
            throw new AssertionError("it has no use for examples");
          }
        });
  }

  @Override
  public Density posterior(NDArray x) {
    throw new AssertionError("it has no use for an encoder");
  }
}
