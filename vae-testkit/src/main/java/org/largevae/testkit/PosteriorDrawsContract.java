package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.Optional;
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
   * @return false for a posterior that is drawn from by rejection, for example; its draws must
   *     still carry a gradient, which is unbiased
   */
  protected boolean isReparameterised() {
    return true;
  }

  @Override
  final String resultsTest() {
    return "posteriorsAreFiniteAndOfTheRightShape";
  }

  @Test
  final void posteriorsAreFiniteAndOfTheRightShape() {
    requireSoundPasses();
    try (Bench<C> bench = initialized(shape(), Device.cpu())) {
      checkResults(bench);
    }
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

  @Test
  final void gradientsOfDrawsAreUnbiased() {
    assumeTrue(!isReparameterised(), "isReparameterised() is true, each draw is checked");
    Preconditions.require("gradientsMatchFiniteDifferences", this::checkGradients);
    try (Bench<C> bench = sound()) {
      NDList inputs = inputs(bench);
      requireExact(bench, inputs);
      Optional<String> disagreement =
          new DrawGradients(
                  leaves(bench, inputs),
                  () -> {
                    bench.restoreState();
                    return density(begin(bench, inputs, bench.training()));
                  })
              .disagreement(SEED);
      assertThat(disagreement)
          .withFailMessage(
              () ->
                  "gradients of draws are biased: "
                      + disagreement.orElseThrow()
                      + "; what is accepted of proposals depends on the parameters too, which the"
                      + " derivative of the accepted proposal leaves out: take the implicit one or"
                      + " add the correction (Naesseth et al. 2017), and cut no gradient in sample")
          .isEmpty();
    }
  }

  private void requireExact(Bench<C> bench, NDList inputs) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      requireExact(density(begin(bench, inputs, bench.inference())));
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
