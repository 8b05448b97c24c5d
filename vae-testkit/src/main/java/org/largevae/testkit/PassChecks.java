package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.Map;

/** Checks of what a pass does to what is not its own, with messages for its author. */
final class PassChecks {

  private PassChecks() {}

  /** Fails if inputs, parameters or the manager of the pass were closed. */
  static void open(Bench<?> bench, NDList inputs, String doing) {
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

  /** Fails if parameters, perhaps state too, have other values than before. */
  static void unchanged(
      Bench<?> bench, Map<String, double[]> before, boolean alsoState, String by) {
    Map<String, double[]> after = bench.parameterValues();
    bench
        .ownParameters()
        .forEach(
            (name, parameter) ->
                assertThat(
                        Arrays.equals(before.get(name), after.get(name))
                            || (!alsoState && !parameter.requiresGradient()))
                    .withFailMessage("parameter \"%s\" is changed by %s", name, by)
                    .isTrue());
  }
}
