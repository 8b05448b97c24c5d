package org.largevae.runner.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.LinkedHashMap;
import java.util.Map;
import org.largevae.runner.experiment.OptimizerSettings;

/**
 * Adam (Kingma and Ba 2015, algorithm 1), plain or with each parameter's gradient first divided by
 * its own L2 norm, {@code g / (||g|| + 1e-7)}. It keeps its own moments, so that training can go on
 * exactly where it stopped; DJL's optimiser hides them.
 */
final class Adam implements AutoCloseable {
  /** Keeps a zero gradient at zero; negligible beside any other norm. */
  private static final float NORM_FLOOR = 1e-7f;

  private static final String FIRST = "first_moment.";
  private static final String SECOND = "second_moment.";

  private final OptimizerSettings settings;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, NDArray> moments = new LinkedHashMap<>();
  private final NDManager manager;
  private final AdamUpdate update;
  private final boolean normalize;
  private long steps;

  /**
   * Starts with moments of zero.
   *
   * @param settings its constants
   * @param manager makes the moments, on the parameters' device; a sub-manager is closed with this
   * @param parameters by name; those that need no gradient are left alone
   */
  Adam(OptimizerSettings settings, NDManager manager, Map<String, Parameter> parameters) {
    this.settings = settings;
    this.manager = manager.newSubManager();
    this.normalize = settings.type() == OptimizerSettings.Type.ADAM_NORMALIZED_GRADIENT;
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.requiresGradient()) {
            this.parameters.put(name, parameter);
            moments.put(FIRST + name, zeros(parameter));
            moments.put(SECOND + name, zeros(parameter));
          }
        });
    boolean host =
        !manager.getDevice().isGpu()
            && this.parameters.values().stream()
                .allMatch(p -> p.getArray().getDataType() == DataType.FLOAT32);
    this.update = host ? new HostAdamUpdate() : new EngineAdamUpdate();
  }

  /**
   * The moments by name, to be saved and restored.
   *
   * @return the arrays themselves
   */
  Map<String, NDArray> moments() {
    return moments;
  }

  /**
   * How many steps were taken.
   *
   * @return at least 0
   */
  long steps() {
    return steps;
  }

  /**
   * Restores the count of steps; the moments are restored in place.
   *
   * @param count at least 0
   */
  void restoreSteps(long count) {
    steps = count;
  }

  /**
   * Takes one step along the parameters' gradients and sets these to zero; none where a gradient is
   * not finite. Call it within a scope and outside of a gradient collector.
   *
   * @return whether all gradients were finite
   */
  boolean step() {
    NDList gradients = new NDList(parameters.size());
    NDList normList = new NDList(parameters.size());
    for (Parameter parameter : parameters.values()) {
      NDArray gradient = parameter.getArray().getGradient();
      gradients.add(gradient);
      normList.add(gradient.norm());
    }
    // one read from the device for all
    float[] norms = NDArrays.stack(normList).toType(DataType.FLOAT32, false).toFloatArray();
    for (float norm : norms) {
      if (!Float.isFinite(norm)) {
        return false;
      }
    }
    steps++;
    AdamUpdate.Step constants = constants();
    int index = 0;
    for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
      String name = entry.getKey();
      float scale = normalize ? 1 / (norms[index] + NORM_FLOOR) : 1;
      NDArray first = moments.get(FIRST + name);
      NDArray second = moments.get(SECOND + name);
      NDArray weight = entry.getValue().getArray();
      update.apply(weight, gradients.get(index), first, second, scale, constants);
      index++;
    }
    return true;
  }

  private AdamUpdate.Step constants() {
    double correction1 = 1 - Math.pow(settings.beta1(), steps);
    double correction2 = Math.sqrt(1 - Math.pow(settings.beta2(), steps));
    return new AdamUpdate.Step(
        (float) (settings.learningRate() * correction2 / correction1),
        (float) settings.beta1(),
        (float) settings.beta2(),
        (float) (settings.epsilon() * correction2));
  }

  /** Sets all gradients to zero, whatever they hold: a NaN would survive arithmetic. */
  void clearGradients() {
    for (Parameter parameter : parameters.values()) {
      JniUtils.zeroGrad((PtNDArray) parameter.getArray());
    }
  }

  private NDArray zeros(Parameter parameter) {
    Shape shape = parameter.getArray().getShape();
    return manager.zeros(shape, parameter.getArray().getDataType());
  }

  @Override
  public void close() {
    manager.close();
  }
}
