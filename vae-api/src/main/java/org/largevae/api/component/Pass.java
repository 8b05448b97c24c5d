package org.largevae.api.component;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.Objects;

/**
 * One forward pass through a model: whether it trains, where new arrays are made, and the values of
 * parameters. Arrays made during a pass are closed by its caller; a component closes none.
 */
public final class Pass {
  private final NDManager manager;
  private final ParameterStore parameters;
  private final boolean training;

  private Pass(NDManager manager, ParameterStore parameters, boolean training) {
    this.manager = Objects.requireNonNull(manager, "manager is null");
    this.parameters = Objects.requireNonNull(parameters, "parameters is null");
    this.training = training;
  }

  /**
   * A pass whose result is differentiated.
   *
   * @param manager makes new arrays, on the device of the parameters
   * @return the pass
   */
  public static Pass training(NDManager manager) {
    return new Pass(manager, store(manager), true);
  }

  /**
   * A pass whose result is differentiated with respect to what a store gives; for training loops.
   *
   * @param manager makes new arrays, on the device of the parameters
   * @param parameters gives the parameters' values
   * @return the pass
   */
  public static Pass training(NDManager manager, ParameterStore parameters) {
    return new Pass(manager, parameters, true);
  }

  /**
   * A pass that only computes: dropout and the like are off.
   *
   * @param manager makes new arrays, on the device of the parameters
   * @return the pass
   */
  public static Pass inference(NDManager manager) {
    return new Pass(manager, store(manager), false);
  }

  private static ParameterStore store(NDManager manager) {
    return new ParameterStore(Objects.requireNonNull(manager, "manager is null"), false);
  }

  /**
   * Whether parameters are being trained.
   *
   * @return true in training
   */
  public boolean isTraining() {
    return training;
  }

  /**
   * Makes new arrays, on the experiment's device.
   *
   * @return the manager of this pass
   */
  public NDManager manager() {
    return manager;
  }

  /**
   * The current value of a parameter.
   *
   * @param parameter an initialised parameter
   * @return its array; do not change or close it
   */
  public NDArray value(Parameter parameter) {
    return parameters.getValue(parameter, manager.getDevice(), training);
  }

  /**
   * Runs a DJL block that has one input and one output.
   *
   * @param block an initialised block
   * @param input its input
   * @return its output
   */
  public NDArray forward(Block block, NDArray input) {
    return forward(block, new NDList(input));
  }

  /**
   * Runs a DJL block that has one output.
   *
   * @param block an initialised block
   * @param inputs its inputs
   * @return its output
   */
  public NDArray forward(Block block, NDList inputs) {
    return block.forward(parameters, inputs, training).singletonOrThrow();
  }

  /**
   * Gives state new values, from the next read on. They are written into the same array: where a
   * gradient that is still to be taken needs the old ones, compute it from a copy, {@code
   * value(state).duplicate()}.
   *
   * @param state a parameter that requires no gradient; see {@link ParameterBlock#addState}
   * @param values of its shape and data type; no gradient flows through them
   * @throws IllegalArgumentException if the parameter is trained
   */
  public void assign(Parameter state, NDArray values) {
    if (state.requiresGradient()) {
      throw new IllegalArgumentException(
          "parameter \"" + state.getName() + "\" is trained; only state can be assigned");
    }
    value(state).set(new NDIndex("..."), values.stopGradient());
  }
}
