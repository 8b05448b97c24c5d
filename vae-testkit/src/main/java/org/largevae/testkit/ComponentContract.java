package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Component;
import org.largevae.api.component.Provider;
import org.largevae.api.distribution.Density;

/**
 * What holds for every part of a model: gradients, draws, saving and devices. Extend the contract
 * of a kind, not this class.
 *
 * @param <P> the kind of provider
 * @param <C> the kind of component
 */
public abstract class ComponentContract<P extends Provider<?>, C extends Component>
    extends PassContract<P, C> {

  /** Only the contracts of the kinds extend this. */
  ComponentContract() {}

  @Test
  final void theSeedDecidesWhatIsDrawn() {
    try (Bench<C> bench = sound()) {
      double[][] first = drawn(bench, 1);
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
      bench.restoreState();
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
      // state is what training left
      NDList inputs = inputs(one);
      pass(one, inputs, one.training());
      one.keepState();
      two.load(one);

      double[][] loaded = outputs(two);
      assertThat(Comparison.agree(outputs(one), loaded, 1e-5))
          .withFailMessage(
              "a component that is given another's parameters and state computes other values:"
                  + " something that it learns or draws at its start is not among the parameters of"
                  + " block(), or an array was kept from initialize; read parameters with pass.value,"
                  + " hold state with ParameterBlock.addState")
          .isTrue();
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
          .checkFiniteDifferences(isDensity(bench, inputs));
    }
  }

  /** Whether outputs take no random numbers, which differ from one data type to another. */
  private boolean isDensity(Bench<C> bench, NDList inputs) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return distribution(bench, inputs, bench.inference()) instanceof Density;
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
    return leaves(bench, inputs, inputNames(bench));
  }

  /** The first inputs, as many as there are names for, and all that is trained. */
  final List<Leaf> leaves(Bench<C> bench, NDList inputs, List<String> names) {
    List<Leaf> leaves = new ArrayList<>();
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
