package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Component;
import org.largevae.api.component.Provider;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;

/**
 * What holds for every part of a model: its sizes and its parameters. Extend the contract of a
 * kind, not this class.
 *
 * @param <P> the kind of provider
 * @param <C> the kind of component
 */
public abstract class ParameterContract<P extends Provider<?>, C extends Component>
    extends ProviderContract<P> {
  static final int SEED = 11;

  /** Only the contracts of the kinds extend this. */
  ParameterContract() {}

  /**
   * The shape of an example to test with.
   *
   * @return small, but of a size that the component can handle
   */
  protected DataShape data() {
    return new DataShape(1, 3, 2);
  }

  /**
   * Which values examples have in the tests.
   *
   * @return the kind of each value
   */
  protected ValueKind kind() {
    return ValueKinds.GREY_LEVEL;
  }

  /**
   * What examples are made of in the tests. Override it for a table, or for data with missing
   * values.
   *
   * @return by default, values of {@link #kind()} in the shape of {@link #data()}, none missing
   */
  protected DataDescription description() {
    return DataDescription.of(data(), kind());
  }

  /**
   * M, the number of latents to test with.
   *
   * @return at least 1
   */
  protected int latentSize() {
    return 3;
  }

  /**
   * Where latents live.
   *
   * @return by default, all of R^M
   */
  protected LatentSpace latentSpace() {
    return LatentSpace.euclidean();
  }

  abstract C create(P provider, Settings settings, ModelShape shape);

  @Override
  final Object make(P provider, Settings settings) {
    return create(provider, settings, shape());
  }

  final ModelShape shape() {
    return shape(latentSize());
  }

  /** The sizes of a level of so many latents: the top one unless overridden. */
  ModelShape shape(int latents) {
    return ModelShape.of(description(), latents);
  }

  /** Whether a component can be made for a level. */
  final boolean isFor(ModelShape shape) {
    requireAccepted();
    P provider = provider();
    try {
      create(provider, settings(provider), shape);
      return true;
    } catch (SettingException | ConfigurationException refused) {
      return false;
    }
  }

  /** A bench with a component without values; skips the test if none can be made. */
  final Bench<C> created(ModelShape shape, Device device) {
    requireAccepted();
    P provider = provider();
    return new Bench<>(create(provider, settings(provider), shape), shape, latentSpace(), device);
  }

  /** A bench with a component at its start; skips the test if it has none. */
  final Bench<C> initialized(ModelShape shape, Device device) {
    Bench<C> bench = created(shape, device);
    Preconditions.require(
        "initializeGivesEveryParameterAStart", () -> checkStart(bench.initialize(SEED, false)));
    return bench;
  }

  @Test
  final void initializeGivesEveryParameterAStart() {
    try (Bench<C> bench = created(shape(), Device.cpu())) {
      checkStart(bench.initialize(SEED, false));
    }
  }

  private void checkStart(Bench<C> bench) {
    bench
        .ownParameters()
        .forEach(
            (name, parameter) -> {
              assertThat(parameter.isInitialized())
                  .withFailMessage(
                      "parameter \"%s\" has no values after initialize(start): initialise it there",
                      name)
                  .isTrue();
              NDArray array = parameter.getArray();
              assertThat(array.getDataType())
                  .withFailMessage(
                      "parameter \"%s\" starts as %s: make it float32", name, array.getDataType())
                  .isEqualTo(DataType.FLOAT32);
              assertThat(Arrays.stream(Arrays64.values(array)).allMatch(Double::isFinite))
                  .withFailMessage("parameter \"%s\" starts with NaN or infinite values", name)
                  .isTrue();
            });
  }

  @Test
  final void parametersAreMadeWithTheManagerOfTheStart() {
    try (Bench<C> bench = initialized(shape(), Device.cpu())) {
      bench
          .ownParameters()
          .forEach(
              (name, parameter) ->
                  assertThat(parameter.getArray().getManager() == bench.startManager())
                      .withFailMessage(
                          "parameter \"%s\" is made with another manager than start.manager(): on"
                              + " the experiment's device, and when the model is closed, it would"
                              + " be forgotten; make it with start.manager()",
                          name)
                      .isTrue());
    }
  }

  @Test
  final void parameterNamesAreUniqueAndStable() {
    checkNames();
  }

  /** Fails unless weights can be saved and found again by their names. */
  final void checkNames() {
    try (Bench<C> one = created(shape(), Device.cpu());
        Bench<C> two = created(shape(), Device.cpu())) {
      assertThat(one.component().block().orElse(null) == one.component().block().orElse(null))
          .withFailMessage("block() makes a new block at each call: keep one in a field")
          .isTrue();
      List<String> names = names(one);
      Set<String> unique = new HashSet<>();
      for (String name : names) {
        assertThat(unique.add(name))
            .withFailMessage(
                "two parameters are named \"%s\": weights are saved by name, so one would be lost",
                name)
            .isTrue();
      }
      assertThat(names(two))
          .withFailMessage(
              "two components of one configuration name their parameters %s and %s: saved weights"
                  + " could not be loaded; give fixed names",
              names, names(two))
          .isEqualTo(names);
    }
  }

  private static List<String> names(Bench<?> bench) {
    return bench.component().block().stream()
        .flatMap(block -> block.getParameters().keys().stream())
        .toList();
  }

  @Test
  final void theSameSeedGivesTheSameStart() {
    Preconditions.require("parameterNamesAreUniqueAndStable", this::checkNames);
    try (Bench<C> one = initialized(shape(), Device.cpu());
        Bench<C> two = initialized(shape(), Device.cpu())) {
      one.ownParameters()
          .forEach(
              (name, parameter) ->
                  assertThat(two.ownParameters().get(name).getArray())
                      .withFailMessage(
                          "parameter \"%s\" starts with other values under the same seed: draw them"
                              + " with start.manager().randomNormal and the like, whose seed is"
                              + " the experiment's",
                          name)
                      .isEqualTo(parameter.getArray()));
    }
  }
}
