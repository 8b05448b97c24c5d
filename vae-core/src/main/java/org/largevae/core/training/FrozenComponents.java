package org.largevae.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.largevae.api.config.Names;
import org.largevae.api.config.SettingException;
import org.largevae.core.engine.Copies;
import org.largevae.core.model.ParameterizedModel;

/**
 * Components that a training leaves as they are. While this is open their parameters require no
 * gradient, so that none is computed; their state, which a forward pass may change, is put back by
 * {@link #restore}.
 */
public final class FrozenComponents implements AutoCloseable {
  private static final String KEY = "frozen";

  private final NDManager manager;
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<KeptState> states = new ArrayList<>();

  /** An array that is not trained, and what it has to be. */
  private record KeptState(NDArray current, NDArray kept) {}

  /**
   * Freezes components.
   *
   * @param model the model to train
   * @param names of its components, perhaps none; see {@link #names}
   */
  public FrozenComponents(ParameterizedModel model, List<String> names) {
    this.manager = model.manager().newSubManager();
    model
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (isOf(names, name)) {
                freeze(parameter);
              }
            });
  }

  private void freeze(Parameter parameter) {
    if (parameter.requiresGradient()) {
      parameter.freeze(true);
      parameters.add(parameter);
      return;
    }
    NDArray copy = parameter.getArray().duplicate();
    copy.attach(manager);
    NDScope.unregister(copy);
    states.add(new KeptState(parameter.getArray(), copy));
  }

  private static boolean isOf(List<String> components, String parameter) {
    return names(components, parameter.substring(0, parameter.indexOf('.')));
  }

  /**
   * Whether a component is among those named: by its own name, or by that of the components of its
   * kind of all levels, as {@code encoder} names {@code encoder-2} and {@code encoder-1}.
   *
   * @param names of components
   * @param component its name
   * @return whether one of the names means it
   */
  public static boolean names(List<String> names, String component) {
    return names.contains(component) || names.contains(ParameterizedModel.part(component));
  }

  /** Takes the state as it is now for what it has to be. */
  void remember() {
    states.forEach(state -> Copies.copy(state.current(), state.kept()));
  }

  /** Puts state back that a pass or a refresh may have changed. */
  public void restore() {
    states.forEach(state -> Copies.copy(state.kept(), state.current()));
  }

  /**
   * Refuses names of components that the model does not have, and those of all that it could train.
   *
   * @param model the model to train
   * @param names of components, perhaps none
   * @throws SettingException if one is unknown, or nothing is left to train
   */
  public static void requireSome(ParameterizedModel model, List<String> names) {
    Set<String> own = model.model().components().keySet();
    Set<String> known = new LinkedHashSet<>(own);
    own.stream().map(ParameterizedModel::part).forEach(known::add);
    for (String name : names) {
      if (!known.contains(name)) {
        throw new SettingException(
            KEY,
            String.format(
                Locale.ROOT,
                "must name components of the model, which are %s%s; there is no %s%s",
                String.join(", ", own),
                ofAllLevels(own, known),
                name,
                Names.question(name, known)));
      }
    }
    boolean trainable =
        model.parameters().entrySet().stream()
            .anyMatch(entry -> entry.getValue().requiresGradient() && !isOf(names, entry.getKey()));
    if (!names.isEmpty() && !trainable) {
      throw new SettingException(
          KEY, "must leave something to train; no other component has parameters");
    }
  }

  /** Names that stand for components of all levels. */
  private static String ofAllLevels(Set<String> own, Set<String> known) {
    Set<String> parts = new LinkedHashSet<>(known);
    parts.removeAll(own);
    return parts.isEmpty() ? "" : ", and " + String.join(", ", parts) + " of all levels";
  }

  /** Lets the components be trained again. */
  @Override
  public void close() {
    parameters.forEach(parameter -> parameter.freeze(false));
    manager.close();
  }
}
