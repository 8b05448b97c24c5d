package org.largevae.api.component;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
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

  private Pass(NDManager manager, boolean training) {
    this.manager = Objects.requireNonNull(manager, "manager is null");
    this.parameters = new ParameterStore(manager, false);
    this.training = training;
  }

  /**
   * A pass whose result is differentiated.
   *
   * @param manager makes new arrays, on the device of the parameters
   * @return the pass
   */
  public static Pass training(NDManager manager) {
    return new Pass(manager, true);
  }

  /**
   * A pass that only computes: dropout and the like are off.
   *
   * @param manager makes new arrays, on the device of the parameters
   * @return the pass
   */
  public static Pass inference(NDManager manager) {
    return new Pass(manager, false);
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
   * The present value of a parameter.
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
    return block.forward(parameters, new NDList(input), training).singletonOrThrow();
  }
}
