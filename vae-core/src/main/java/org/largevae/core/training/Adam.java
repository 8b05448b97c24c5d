package org.largevae.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.largevae.api.component.GradientRule;
import org.largevae.core.engine.StepParameters;
import org.largevae.core.model.ParameterizedModel;

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
  private final Map<String, GradientRule> rules;
  private final Map<String, AdamUpdate> updates = new LinkedHashMap<>();
  private final Map<String, NDArray> moments = new LinkedHashMap<>();
  private final NDManager manager;
  private final boolean normalize;
  private long steps;

  /**
   * Starts with moments of zero.
   *
   * @param settings its constants
   * @param model whose parameters are trained; those that need no gradient are left alone
   */
  Adam(OptimizerSettings settings, ParameterizedModel model) {
    this.settings = settings;
    this.manager = model.manager().newSubManager();
    this.rules = model.gradientRules();
    this.normalize = settings.type() == OptimizerSettings.Type.ADAM_NORMALIZED_GRADIENT;
    model
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.requiresGradient()) {
                this.parameters.put(name, parameter);
                updates.put(name, update(parameter.getArray()));
              }
            });
  }

  private AdamUpdate update(NDArray weight) {
    boolean host = !weight.getDevice().isGpu() && weight.getDataType() == DataType.FLOAT32;
    return host
        ? new HostAdamUpdate(weight.size())
        : new EngineAdamUpdate(zeros(weight), zeros(weight));
  }

  /**
   * Writes the moments to arrays, to be saved. To restore moments, overwrite what is returned, then
   * call {@link #restore}.
   *
   * @return the arrays by name, always the same ones
   */
  Map<String, NDArray> moments() {
    updates.forEach(
        (name, update) -> {
          NDArray weight = parameters.get(name).getArray();
          NDArray first = moments.computeIfAbsent(FIRST + name, key -> zeros(weight));
          NDArray second = moments.computeIfAbsent(SECOND + name, key -> zeros(weight));
          update.saveMoments(first, second);
        });
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
   * Reads the moments from the arrays that {@link #moments} returned, and sets the count of steps.
   *
   * @param count at least 0
   */
  void restore(long count) {
    steps = count;
    if (!moments.isEmpty()) {
      updates.forEach(
          (name, update) ->
              update.loadMoments(moments.get(FIRST + name), moments.get(SECOND + name)));
    }
  }

  /**
   * Takes one step; none where a gradient is not finite or its norm overflows. Call it within a
   * scope and outside of a gradient collector.
   *
   * @param step gives the gradients
   * @return the parameters whose gradients have no finite norm; none if the step was taken
   */
  List<String> step(StepParameters step) {
    List<NDArray> gradients = new ArrayList<>(parameters.size());
    NDList normList = new NDList(parameters.size());
    for (Map.Entry<String, Parameter> parameter : parameters.entrySet()) {
      NDArray gradient = step.gradient(parameter.getValue());
      normList.add(gradient.norm());
      boolean byRows = rules.get(parameter.getKey()) == GradientRule.ROWS;
      gradients.add(byRows ? rowsNormalized(gradient) : gradient);
    }
    // one read from the device for all
    float[] norms = NDArrays.stack(normList).toType(DataType.FLOAT32, false).toFloatArray();
    List<String> names = List.copyOf(parameters.keySet());
    List<String> bad =
        IntStream.range(0, norms.length)
            .filter(i -> !Float.isFinite(norms[i]))
            .mapToObj(names::get)
            .toList();
    if (!bad.isEmpty()) {
      return bad;
    }
    steps++;
    AdamUpdate.Step constants = constants();
    int index = 0;
    for (Map.Entry<String, AdamUpdate> update : updates.entrySet()) {
      boolean scaled = normalize && rules.get(update.getKey()) == GradientRule.OPTIMIZER;
      float scale = scaled ? 1 / (norms[index] + NORM_FLOOR) : 1;
      NDArray weight = parameters.get(update.getKey()).getArray();
      update.getValue().apply(weight, gradients.get(index), scale, constants);
      index++;
    }
    return List.of();
  }

  /**
   * Each row along the first axis divided by its own norm, however small: the gradient of a
   * pseudo-input is proportional to its share of the density. A row of zeros stays one.
   */
  private static NDArray rowsNormalized(NDArray gradient) {
    NDArray rows = gradient.reshape(gradient.getShape().get(0), -1);
    // by the greatest value first: squares of small ones would underflow
    NDArray scaled = rows.div(rows.abs().max(new int[] {1}, true).add(Float.MIN_NORMAL));
    NDArray norms = scaled.square().sum(new int[] {1}, true).sqrt().add(NORM_FLOOR);
    return scaled.div(norms).reshape(gradient.getShape());
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

  /** An array of zeros that outlives the scope it is made in. */
  private NDArray zeros(NDArray like) {
    NDArray zeros = manager.zeros(like.getShape(), like.getDataType());
    NDScope.unregister(zeros);
    return zeros;
  }

  @Override
  public void close() {
    manager.close();
  }
}
