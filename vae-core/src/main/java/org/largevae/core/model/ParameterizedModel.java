package org.largevae.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.largevae.api.component.Component;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.model.Model;
import org.largevae.api.model.ModelPass;
import org.largevae.core.engine.NoGradient;
import org.largevae.core.engine.Seeds;

/** A model with its parameters and other state, on one device. */
public final class ParameterizedModel implements AutoCloseable {
  private final Model model;
  private final Map<String, String> types;
  private final NDManager manager;
  private final Optional<TrainingExamples> training;
  private final OptionalLong trainingSize;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, GradientRule> gradientRules = new LinkedHashMap<>();

  /**
   * A model whose components have been given their start.
   *
   * @param model the model
   * @param types what people call its components, by the components' names, for messages
   * @param manager owns the parameters; closed with this
   * @param training the training examples where they are at hand
   * @param trainingSize how many there are where a component is made of them
   */
  ParameterizedModel(
      Model model,
      Map<String, String> types,
      NDManager manager,
      Optional<TrainingExamples> training,
      OptionalLong trainingSize) {
    this.model = model;
    this.training = training;
    this.trainingSize = trainingSize;
    this.types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    this.manager = manager;
    model.components().forEach(this::add);
  }

  private void add(String name, Component component) {
    component
        .block()
        .ifPresent(
            block ->
                block
                    .getParameters()
                    .forEach(
                        entry -> {
                          String full = name + "." + entry.getKey();
                          parameters.put(full, entry.getValue());
                          gradientRules.put(full, component.gradientRule(entry.getKey()));
                        }));
  }

  /**
   * The model itself.
   *
   * @return without parameters' values
   */
  public Model model() {
    return model;
  }

  /**
   * What people call a component.
   *
   * @param component its name in {@link Model#components()}
   * @return its type in a configuration, or its class' name
   */
  public String type(String component) {
    return typeIn(types, component).orElse(component);
  }

  /**
   * What people call a component.
   *
   * @param types by components' names; one may stand for the components of all levels
   * @param component its name in {@link Model#components()}
   * @return empty where it is not among them
   */
  public static Optional<String> typeIn(Map<String, String> types, String component) {
    return Optional.ofNullable(types.get(component))
        .or(() -> Optional.ofNullable(types.get(part(component))));
  }

  /**
   * What a component is a part for, without the number of its level.
   *
   * @param component its name, such as {@code encoder-2}
   * @return for example {@code encoder}, the name of its section in a configuration
   */
  public static String part(String component) {
    return component.replaceFirst("-\\d+$", "");
  }

  /**
   * What people call the components.
   *
   * @return by their names in {@link Model#components()}
   */
  public Map<String, String> types() {
    return types;
  }

  /**
   * What the examples are made of.
   *
   * @return their description
   */
  public DataDescription data() {
    return model.data();
  }

  /**
   * Owns the parameters; its device is the model's.
   *
   * @return the manager
   */
  public NDManager manager() {
    return manager;
  }

  /**
   * All parameters, state included, by their unique names, in a fixed order: the component's name
   * stands before the name that it gave.
   *
   * @return the parameters, not to be replaced
   */
  public Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /**
   * How many training examples there are, or were when the model was trained, where a component is
   * made of them: what it holds is then of these examples and no others.
   *
   * @return their number; empty where no component asked for it at its start
   */
  public OptionalLong trainingSize() {
    return trainingSize;
  }

  /**
   * How many numbers the parameters hold, state included.
   *
   * @return their count
   */
  public long size() {
    return parameters.values().stream().mapToLong(p -> p.getArray().size()).sum();
  }

  /**
   * The parameters' arrays as they are.
   *
   * @return the arrays themselves, by name
   */
  public Map<String, NDArray> arrays() {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
    return arrays;
  }

  /**
   * What the optimiser does to each parameter's gradient.
   *
   * @return by the parameters' names
   */
  public Map<String, GradientRule> gradientRules() {
    return Collections.unmodifiableMap(gradientRules);
  }

  /**
   * Begins a pass.
   *
   * @param pass training or inference
   * @return the model with its present parameters
   */
  public ModelPass begin(Pass pass) {
    return model.begin(pass, training);
  }

  /**
   * Begins a pass that only computes.
   *
   * @return the model with its present parameters
   */
  public ModelPass begin() {
    return begin(Pass.inference(manager));
  }

  /**
   * Brings state up to date that components compute from their parameters and the training
   * examples, where these are at hand.
   *
   * @param seed the experiment's seed
   * @param epoch the epoch that has been trained, 0 before the first
   */
  public void refresh(long seed, int epoch) {
    if (training.isEmpty()) {
      return;
    }
    try (NoGradient none = new NoGradient();
        NDScope scope = new NDScope();
        Seeds.Turn turn = Seeds.begin(seed, Seeds.Purpose.REFRESH, epoch, 0)) {
      scope.suppressNotUsedWarning();
      model.refresh(Pass.inference(manager), training.get());
    }
  }

  /**
   * The same model after its training, when the examples are no longer at hand.
   *
   * @return a model with the same parameters; one of both is to be closed
   */
  public ParameterizedModel withoutTrainingExamples() {
    return new ParameterizedModel(model, types, manager, Optional.empty(), trainingSize);
  }

  /** Frees the parameters. */
  @Override
  public void close() {
    parameters.values().forEach(Parameter::close);
    manager.close();
  }
}
