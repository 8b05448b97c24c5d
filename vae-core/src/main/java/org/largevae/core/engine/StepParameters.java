package org.largevae.core.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The parameters during one training step: each is seen through an array of the step's own, on the
 * same memory. Its gradient is the step's own too, so that backward hands it over; on the parameter
 * itself it would be added to zeros that had to be written first. Use it within a scope.
 */
public final class StepParameters extends ParameterStore implements AutoCloseable {
  private final Map<Parameter, NDArray> views = new IdentityHashMap<>();
  private final Map<Parameter, Boolean> readDirectly;

  /**
   * For one step.
   *
   * @param manager of the parameters
   * @param readDirectly what earlier steps found out: whether a component reads a parameter itself,
   *     past this store. Empty at first; asking anew each time would leak, since DJL does not free
   *     the empty gradient of a parameter that has none
   */
  public StepParameters(NDManager manager, Map<Parameter, Boolean> readDirectly) {
    super(manager, false);
    this.readDirectly = readDirectly;
  }

  @Override
  public NDArray getValue(Parameter parameter, Device device, boolean training) {
    if (parameter == null || !training || !parameter.requiresGradient()) {
      return super.getValue(parameter, device, training);
    }
    return views.computeIfAbsent(parameter, StepParameters::view);
  }

  /**
   * The gradient of a parameter, after backward.
   *
   * @param parameter one that requires a gradient
   * @return of the parameter's shape; zeros if the loss did not depend on it
   */
  public NDArray gradient(Parameter parameter) {
    PtNDArray array = (PtNDArray) parameter.getArray();
    NDArray view = views.get(parameter);
    if (readDirectly.computeIfAbsent(parameter, p -> JniUtils.getGradient(array) != null)) {
      NDArray direct = array.getGradient();
      return view == null ? direct : view.getGradient().add(direct);
    }
    return view == null ? array.zerosLike() : view.getGradient();
  }

  private static NDArray view(Parameter parameter) {
    NDArray view = parameter.getArray().stopGradient();
    view.setRequiresGradient(true);
    // not a result of the forward pass, with which the scope may close it before backward
    NDScope.unregister(view);
    return view;
  }

  /** Forgets the step's gradients. */
  @Override
  public void close() {
    views.values().forEach(NDArray::close);
    readDirectly.forEach(
        (parameter, direct) -> {
          if (direct) {
            JniUtils.zeroGrad((PtNDArray) parameter.getArray());
          }
        });
  }
}
