package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Component;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Provider;

/**
 * What holds for the passes through every part of a model: gradients, draws, devices and memory.
 * Extend the contract of a kind, not this class.
 *
 * @param <P> the kind of provider
 * @param <C> the kind of component
 */
public abstract class ComponentContract<P extends Provider, C extends Component>
    extends ParameterContract<P, C> {

  /** Only the contracts of the kinds extend this. */
  ComponentContract() {}

  /** Inputs of a pass: first those that are differentiated, as many as {@link #inputNames}. */
  abstract NDList inputs(Bench<C> bench);

  abstract List<String> inputNames(Bench<C> bench);

  /** What a pass computes without drawing; it is differentiated. */
  abstract NDList outputs(Bench<C> bench, NDList inputs, Pass pass);

  /** What a pass draws; empty for a component that draws nothing. */
  abstract NDList draws(Bench<C> bench, NDList inputs, Pass pass);

  /** Fails unless outputs and draws have the right shapes and are finite. */
  abstract void checkResults(Bench<C> bench);

  /** The test of the kind that runs {@link #checkResults}. */
  abstract String resultsTest();

  /** A bench with a component at a point away from its start, found sound enough to test. */
  final Bench<C> sound(ModelShape shape) {
    requireSoundPasses();
    Preconditions.require(resultsTest(), this::checkResults);
    return initialized(shape, Device.cpu()).vary(SEED);
  }

  /** Skips the test unless one pass can follow another. */
  final void requireSoundPasses() {
    Preconditions.require("nothingThatIsNotTheirsIsClosed", this::checkNothingClosed);
    Preconditions.require("passesDoNotNeedEarlierOnes", this::checkPasses);
  }

  /** Fails unless outputs and draws are right at a point away from the start. */
  private void checkResults() {
    try (Bench<C> bench = initialized(shape(), Device.cpu()).vary(SEED)) {
      checkResults(bench);
    }
  }

  final Bench<C> sound() {
    return sound(shape());
  }

  @Test
  final void theSeedDecidesWhatIsDrawn() {
    try (Bench<C> bench = sound()) {
      double[][] first = drawn(bench, 1);
      assumeTrue(first.length > 0, "such components draw nothing");
      String advice =
          ": draw with the manager of the pass (randomNormal, randomUniform), whose seed is the"
              + " experiment's";

      assertThat(Arrays.deepEquals(first, drawn(bench, 1)))
          .withFailMessage("the same seed gives other draws" + advice)
          .isTrue();
      assertThat(Arrays.deepEquals(first, drawn(bench, 2)))
          .withFailMessage("another seed gives the same draws" + advice)
          .isFalse();
    }
  }

  private double[][] drawn(Bench<C> bench, int seed) {
    NDList inputs = inputs(bench);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Bench.seed(seed);
      return Bench.values(draws(bench, inputs, bench.inference()));
    }
  }

  @Test
  final void valuesOfParametersCanBeLoadedIntoAnotherComponent() {
    Preconditions.require("parameterNamesAreUniqueAndStable", this::checkNames);
    try (Bench<C> one = sound();
        Bench<C> two = created(shape(), Device.cpu())) {
      assumeTrue(!one.ownParameters().isEmpty(), "the component has no parameters");
      // what is being loaded into starts from another seed, and finds no data
      two.initialize(SEED + 1, true);
      two.load(one);

      double[][] loaded = outputs(two);
      assertThat(Comparison.agree(outputs(one), loaded, 1e-5))
          .withFailMessage(
              "a component that is given another's parameters computes other values: something that"
                  + " it learns or draws at its start is not among the parameters of block(), or an"
                  + " array was kept from initialize; read parameters with pass.value")
          .isTrue();
    }
  }

  final double[][] outputs(Bench<C> bench) {
    NDList inputs = inputs(bench);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return Bench.values(outputs(bench, inputs, bench.inference()));
    }
  }

  @Test
  final void gradientsMatchFiniteDifferences() {
    checkGradients();
  }

  /** Fails unless gradients are right. */
  final void checkGradients() {
    try (Bench<C> bench = sound()) {
      NDList inputs = inputs(bench);
      new Gradients(leaves(bench, inputs), () -> outputs(bench, inputs, bench.training()))
          .checkFiniteDifferences(true);
    }
  }

  @Test
  final void gradientsSurviveAGarbageCollection() {
    try (Bench<C> bench = sound()) {
      NDList inputs = inputs(bench);
      new Gradients(leaves(bench, inputs), () -> outputs(bench, inputs, bench.training()))
          .checkGarbageCollection();
    }
  }

  final List<Leaf> leaves(Bench<C> bench, NDList inputs) {
    List<Leaf> leaves = new ArrayList<>();
    List<String> names = inputNames(bench);
    for (int i = 0; i < names.size(); i++) {
      leaves.add(new Leaf.Input(names.get(i), inputs, i, bench.inputManager()));
    }
    bench
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.requiresGradient()) {
                leaves.add(new Leaf.Weight("parameter \"" + name + "\"", parameter, bench));
              }
            });
    return leaves;
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
      outputs(bench, inputs, bench.inference());
      checkOpen(bench, inputs, "computing");
      draws(bench, inputs, bench.inference());
      checkOpen(bench, inputs, "drawing");
    }
  }

  private static void checkOpen(Bench<?> bench, NDList inputs, String doing) {
    String advice = " was closed while %s: a component closes nothing, its caller does";
    for (NDArray input : inputs) {
      assertThat(input.isReleased()).withFailMessage("an input" + advice, doing).isFalse();
    }
    bench
        .parameters()
        .forEach(
            (name, parameter) ->
                assertThat(parameter.getArray().isReleased())
                    .withFailMessage("parameter \"" + name + "\"" + advice, doing)
                    .isFalse());
    assertThat(bench.passManager().isOpen())
        .withFailMessage("the manager of the pass" + advice, doing)
        .isTrue();
  }

  @Test
  final void passesDoNotNeedEarlierOnes() {
    Preconditions.require("nothingThatIsNotTheirsIsClosed", this::checkNothingClosed);
    checkPasses();
  }

  private void checkPasses() {
    try (Bench<C> bench = initialized(shape(), Device.cpu())) {
      outputs(bench);
      try {
        drawn(bench, SEED);
        outputs(bench);
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
      pass(bench, inputs);
      int before = bench.root().getManagedArrays().size();
      int passes = 5;
      for (int i = 0; i < passes; i++) {
        pass(bench, inputs);
      }
      int left = bench.root().getManagedArrays().size() - before;

      assertThat(left)
          .withFailMessage(
              "%d passes leave %d arrays behind on long-lived managers, so memory grows without end:"
                  + " do not take arrays out of the caller's scope (NDScope.unregister), nor make"
                  + " them in other threads",
              passes, left)
          .isZero();
    }
  }

  private void pass(Bench<C> bench, NDList inputs) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (Pass pass : List.of(bench.training(), bench.inference())) {
        outputs(bench, inputs, pass);
        draws(bench, inputs, pass);
      }
    }
  }

  @Test
  final void resultsBelongToThePass() {
    try (Bench<C> bench = sound()) {
      checkOwners(bench);
    }
  }

  private void checkOwners(Bench<C> bench) {
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

  @Test
  @Tag("gpu")
  final void aGpuGivesWhatTheCpuGives() {
    assumeTrue(Engine.getInstance().getGpuCount() > 0, "there is no GPU");
    Preconditions.require("parameterNamesAreUniqueAndStable", this::checkNames);
    try (Bench<C> cpu = sound();
        Bench<C> gpu = initialized(shape(), Device.gpu())) {
      gpu.load(cpu);
      checkOwners(gpu);

      assertThat(Comparison.agree(outputs(cpu), outputs(gpu), 1e-3))
          .withFailMessage("the GPU computes other values than the CPU")
          .isTrue();
    }
  }
}
