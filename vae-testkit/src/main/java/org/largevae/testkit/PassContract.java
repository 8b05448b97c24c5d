package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Provider;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Draw;
import org.opentest4j.TestAbortedException;

/**
 * What holds for the passes through every part of a model: they close nothing, keep nothing and
 * leave nothing behind. Every part gives a distribution: a prior and an encoder one of latents, a
 * decoder and a likelihood one of examples. Extend the contract of a kind, not this class.
 *
 * @param <P> the kind of provider
 * @param <C> the kind of component
 */
public abstract class PassContract<P extends Provider<?>, C extends Component>
    extends ParameterContract<P, C> {
  /** How far parameters are moved from their start, where much is special. */
  static final double NEAR = 0.1;

  /** How far they are moved to be where training may take them. */
  static final double FAR_OFF = 0.7;

  /** Only the contracts of the kinds extend this. */
  PassContract() {}

  /**
   * Inputs of a pass: first those that are differentiated, as many as {@link #inputNames}; the last
   * are the values whose log-density is asked for.
   */
  abstract NDList inputs(Bench<C> bench);

  abstract List<String> inputNames(Bench<C> bench);

  /** Asks the component for its distribution. */
  abstract Distribution distribution(Bench<C> bench, NDList inputs, Pass pass);

  /** Fails unless log-densities and draws have the right shapes and are finite. */
  abstract void checkResults(Bench<C> bench);

  /** The test of the kind that runs {@link #checkResults}. */
  abstract String resultsTest();

  static NDArray value(NDList inputs) {
    return inputs.get(inputs.size() - 1);
  }

  /** A distribution from the remembered state and a fixed seed, so that passes can be compared. */
  final Distribution begin(Bench<C> bench, NDList inputs, Pass pass) {
    bench.restoreState();
    Bench.seed(SEED);
    return distribution(bench, inputs, pass);
  }

  /** What a pass computes; it is differentiated. */
  NDList outputs(Bench<C> bench, NDList inputs, Pass pass) {
    Distribution distribution = begin(bench, inputs, pass);
    if (distribution instanceof Density density) {
      return new NDList(density.logProb(value(inputs)));
    }
    Draw draw = distribution.draw(new Shape(2));
    return new NDList(draw.value(), draw.logProb());
  }

  final NDList draws(Bench<C> bench, NDList inputs, Pass pass) {
    return new NDList(distribution(bench, inputs, pass).draw(new Shape(2)).value());
  }

  final double[][] outputs(Bench<C> bench) {
    return outputs(bench, bench.inference());
  }

  final double[][] outputs(Bench<C> bench, Pass pass) {
    NDList inputs = inputs(bench);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return Bench.values(outputs(bench, inputs, pass));
    }
  }

  /** A bench with a component at a point away from its start, found sound enough to test. */
  final Bench<C> sound(ModelShape shape) {
    return sound(shape, NEAR);
  }

  /** A bench with a component as far from its start as asked for. */
  final Bench<C> sound(ModelShape shape, double deviation) {
    requireSoundComponent();
    Preconditions.require(
        "passesDependOnParametersStateAndSeedOnly", this::checkNothingIsRemembered);
    return initialized(shape, Device.cpu()).vary(SEED, deviation);
  }

  final Bench<C> sound() {
    return sound(shape());
  }

  /** Skips the test unless one pass can follow another. */
  final void requireSoundPasses() {
    Preconditions.require("nothingThatIsNotTheirsIsClosed", this::checkNothingClosed);
    Preconditions.require("passesDoNotNeedEarlierOnes", this::checkPasses);
    Preconditions.require("twoCallsAtOneValueGiveTheSame", this::checkTwoCalls);
  }

  private void requireSoundComponent() {
    requireSoundPasses();
    Preconditions.require(resultsTest(), this::checkResults);
  }

  /** Whether a pass runs; one that fails is told by the test of results, which runs it too. */
  private static boolean runs(Runnable pass) {
    try {
      pass.run();
      return true;
    } catch (TestAbortedException skipped) {
      throw skipped;
    } catch (RuntimeException failure) {
      return false;
    }
  }

  /** Fails unless outputs and draws are right at a point away from the start. */
  private void checkResults() {
    try (Bench<C> bench = initialized(shape(), Device.cpu()).vary(SEED, NEAR)) {
      checkResults(bench);
    }
  }

  @Test
  final void twoCallsAtOneValueGiveTheSame() {
    Preconditions.require("nothingThatIsNotTheirsIsClosed", this::checkNothingClosed);
    checkTwoCalls();
  }

  private void checkTwoCalls() {
    try (Bench<C> bench = initialized(shape(), Device.cpu()).vary(SEED, NEAR);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      runs(() -> checkTwoCalls(bench));
    }
  }

  private void checkTwoCalls(Bench<C> bench) {
    NDList inputs = inputs(bench);
    if (begin(bench, inputs, bench.inference()) instanceof Density density) {
      double[] first = Arrays64.values(density.logProb(value(inputs)));
      double[] second = Arrays64.values(density.logProb(value(inputs)));
      assertThat(Comparison.repeats(new double[][] {first}, new double[][] {second}, 1e-6))
          .withFailMessage(
              "logProb of the same values is %s, and %s when asked again: a density is a function;"
                  + " draw the random numbers of an estimate once, where the distribution is made,"
                  + " and change nothing in logProb",
              Arrays.toString(first), Arrays.toString(second))
          .isTrue();
    }
  }

  @Test
  final void passesDependOnParametersStateAndSeedOnly() {
    requireSoundComponent();
    checkNothingIsRemembered();
  }

  private void checkNothingIsRemembered() {
    try (Bench<C> bench = initialized(shape(), Device.cpu()).vary(SEED, NEAR)) {
      double[][] first = outputs(bench, bench.training());
      double[][] second = outputs(bench, bench.training());
      assertThat(Comparison.repeats(first, second, 1e-5))
          .withFailMessage(
              "a second pass with the same parameters, state, inputs and seed gives other values:"
                  + " the component keeps something from pass to pass that is not in block(), where"
                  + " it would be saved and resumed; make it state, with ParameterBlock.addState"
                  + " and Pass.assign")
          .isTrue();
    }
  }

  @Test
  final void onlyTrainingChangesState() {
    try (Bench<C> bench = sound()) {
      assumeTrue(!bench.ownParameters().isEmpty(), "the component has no parameters or state");
      NDList inputs = inputs(bench);
      Map<String, double[]> before = bench.parameterValues();
      pass(bench, inputs, bench.inference());
      PassChecks.unchanged(
          bench, before, true, "a pass that does not train: look at pass.isTraining()");
      pass(bench, inputs, bench.training());
      PassChecks.unchanged(
          bench,
          before,
          false,
          "a pass: the optimiser alone changes what is trained, make it state");
    }
  }

  @Test
  final void nothingThatIsNotTheirsIsClosed() {
    checkNothingClosed();
  }

  private void checkNothingClosed() {
    try (Bench<C> bench = initialized(shape(), Device.cpu());
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDList inputs = inputs(bench);
      runs(() -> outputs(bench, inputs, bench.inference()));
      PassChecks.open(bench, inputs, "computing");
      runs(() -> draws(bench, inputs, bench.inference()));
      PassChecks.open(bench, inputs, "drawing");
    }
  }

  @Test
  final void passesDoNotNeedEarlierOnes() {
    Preconditions.require("nothingThatIsNotTheirsIsClosed", this::checkNothingClosed);
    checkPasses();
  }

  private void checkPasses() {
    try (Bench<C> bench = initialized(shape(), Device.cpu())) {
      NDList inputs = inputs(bench);
      if (!runs(() -> pass(bench, inputs, bench.inference()))) {
        return;
      }
      try {
        pass(bench, inputs, bench.inference());
      } catch (RuntimeException failure) {
        throw new AssertionError(
            "a second pass fails, after the arrays of the first were closed: "
                + failure.getMessage()
                + "; keep no array of a pass in a field",
            failure);
      }
    }
  }

  @Test
  final void passesLeaveNoArraysBehind() {
    try (Bench<C> bench = sound()) {
      NDList inputs = inputs(bench);
      bothPasses(bench, inputs);
      int before = bench.root().getManagedArrays().size();
      int passes = 5;
      for (int i = 0; i < passes; i++) {
        bothPasses(bench, inputs);
      }
      int left = bench.root().getManagedArrays().size() - before;

      assertThat(left)
          .withFailMessage(
              "%d passes leave %d arrays behind on long-lived managers, so memory grows without"
                  + " end: do not take arrays out of the caller's scope (NDScope.unregister), nor"
                  + " make them in other threads",
              passes, left)
          .isZero();
    }
  }

  private void bothPasses(Bench<C> bench, NDList inputs) {
    pass(bench, inputs, bench.training());
    pass(bench, inputs, bench.inference());
  }

  final void pass(Bench<C> bench, NDList inputs, Pass pass) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      outputs(bench, inputs, pass);
      draws(bench, inputs, pass);
    }
  }

  @Test
  final void resultsBelongToThePass() {
    try (Bench<C> bench = sound()) {
      checkOwners(bench);
    }
  }

  final void checkOwners(Bench<C> bench) {
    NDList inputs = inputs(bench);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDList results = new NDList(outputs(bench, inputs, bench.inference()));
      results.addAll(draws(bench, inputs, bench.inference()));
      for (NDArray result : results) {
        assertThat(bench.owns(result) && result.getDevice().equals(bench.passManager().getDevice()))
            .withFailMessage(
                "a result of shape %s belongs to a manager of the component's own, which knows"
                    + " nothing of the experiment's device: make arrays with pass.manager() or the"
                    + " manager of an argument",
                result.getShape())
            .isTrue();
      }
    }
  }
}
