package org.largevae.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.largevae.api.component.Start;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.objective.Objective;

/** The state of an objective, from its start until it is closed; most have none. */
public final class ObjectiveState implements AutoCloseable {
  private static final String PREFIX = "objective.";

  private final NDManager manager;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  /**
   * Gives an objective's state its start.
   *
   * @param objective which has none yet
   * @param parent of the manager that owns the state
   * @throws ConfigurationException if the objective has a parameter to be trained
   */
  public ObjectiveState(Objective objective, NDManager parent) {
    manager = parent.newSubManager();
    objective.block().stream()
        .flatMap(block -> block.getParameters().stream())
        .forEach(entry -> parameters.put(PREFIX + entry.getKey(), entry.getValue()));
    try {
      requireUntrained();
      start(objective);
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  private void requireUntrained() {
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.requiresGradient()) {
            throw new ConfigurationException(
                name
                    + ": an objective has no parameters that are trained; make it state, with"
                    + " ParameterBlock.addState, or leave it to a component of the model");
          }
        });
  }

  /** In a scope, so that only the state outlives it. */
  private void start(Objective objective) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      objective.initialize(new ObjectiveStart(manager));
      arrays().values().forEach(NDScope::unregister);
    }
  }

  /**
   * The state as it is.
   *
   * @return the arrays themselves, by name
   */
  Map<String, NDArray> arrays() {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
    return arrays;
  }

  /** Frees the state, so that the objective can be used again. */
  @Override
  public void close() {
    parameters.values().forEach(Parameter::close);
    manager.close();
  }

  /** An objective has nothing to start from but zeros and constants. */
  private record ObjectiveStart(NDManager manager) implements Start {
    @Override
    public NDArray trainingExamples(int count) {
      throw new IllegalStateException("an objective does not start from training examples");
    }
  }
}
