package org.largevae.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Provider;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;

/**
 * What holds for batches of posteriors, of an encoder or a posterior. Extend the contract of a
 * kind, not this class.
 *
 * @param <P> the kind of provider
 * @param <C> the kind of component
 */
public abstract class PosteriorDrawsContract<P extends Provider<?>, C extends Component>
    extends LatentContract<P, C> {

  /** Only the contracts of the kinds extend this. */
  PosteriorDrawsContract() {}

  /**
   * Whether a draw is a smooth function of the posterior's parameters and of random numbers that do
   * not depend on them.
   *
   * @return false for a posterior that is drawn from by rejection, for example
   */
  protected boolean isReparameterised() {
    return true;
  }

  @Override
  final NDList outputs(Bench<C> bench, NDList inputs, Pass pass) {
    NDList outputs = new NDList(super.outputs(bench, inputs, pass));
    Distribution posterior = begin(bench, inputs, pass);
    outputs.add(posterior.mean());
    if (posterior instanceof Density density) {
      outputs.add(density.logProbPairwise(value(inputs)));
    }
    return outputs;
  }

  @Test
  final void drawsAreReparameterised() {
    assumeTrue(isReparameterised(), "isReparameterised() is false");
    Preconditions.require("gradientsMatchFiniteDifferences", this::checkGradients);
    try (Bench<C> bench = sound()) {
      NDList inputs = inputs(bench);
      assumeTrue(
          Arrays.deepEquals(seededDraws(bench, inputs), seededDraws(bench, inputs)),
          "not checked: theSeedDecidesWhatIsDrawn fails; mend that first");
      new Gradients(
              leaves(bench, inputs),
              () -> {
                bench.restoreState();
                Bench.seed(SEED);
                return draws(bench, inputs, bench.training());
              })
          .checkFiniteDifferences(false);
    }
  }

  private double[][] seededDraws(Bench<C> bench, NDList inputs) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      bench.restoreState();
      Bench.seed(SEED);
      return Bench.values(draws(bench, inputs, bench.inference()));
    }
  }
}
