package org.largevae.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.largevae.api.objective.Objective;
import org.largevae.core.engine.Copies;
import org.largevae.core.model.ParameterizedModel;

/**
 * All that changes while a model is trained: its parameters, the best ones so far, the optimiser's
 * moments and the position. A checkpoint is a copy of this.
 */
public final class TrainingState implements AutoCloseable {
  private final ParameterizedModel model;
  private final ObjectiveState objective;
  private final FrozenComponents frozen;
  private final Adam optimizer;
  private final NDManager manager;
  private final Map<String, NDArray> best = new LinkedHashMap<>();
  private TrainingPosition position = TrainingPosition.start();

  /**
   * The start of a training of all parameters.
   *
   * @param model the model to train; stays its owner's to close
   * @param settings the optimiser's
   * @param objective whose state is kept with the optimiser's
   */
  public TrainingState(ParameterizedModel model, OptimizerSettings settings, Objective objective) {
    this(model, settings, objective, List.of());
  }

  /**
   * The start of training. The best parameters are the model's own until an epoch is done.
   *
   * @param model the model to train; stays its owner's to close
   * @param settings the optimiser's
   * @param objective whose state is kept with the optimiser's
   * @param frozen names of the components that are left as they are until this is closed
   */
  public TrainingState(
      ParameterizedModel model,
      OptimizerSettings settings,
      Objective objective,
      List<String> frozen) {
    this.model = model;
    this.objective = new ObjectiveState(objective, model.manager());
    this.frozen = new FrozenComponents(model, frozen);
    this.optimizer = new Adam(settings, model);
    this.manager = model.manager().newSubManager();
    weights()
        .forEach(
            (name, weight) -> {
              NDArray copy = weight.duplicate();
              copy.attach(manager);
              best.put(name, copy);
            });
  }

  /**
   * Where training stands.
   *
   * @return the position
   */
  public TrainingPosition position() {
    return position;
  }

  /**
   * The model's parameters as they are.
   *
   * @return the arrays themselves, by name
   */
  public Map<String, NDArray> weights() {
    return model.arrays();
  }

  /**
   * The parameters of the epoch with the least validation loss.
   *
   * @return the arrays themselves, by name
   */
  public Map<String, NDArray> bestWeights() {
    return best;
  }

  /**
   * The optimiser's moments, and the state of the objective.
   *
   * @return the arrays themselves, by name
   */
  public Map<String, NDArray> moments() {
    Map<String, NDArray> all = new LinkedHashMap<>(optimizer.moments());
    all.putAll(objective.arrays());
    return all;
  }

  /**
   * Goes to a position whose arrays have been restored in place.
   *
   * @param restored the position
   */
  public void moveTo(TrainingPosition restored) {
    position = restored;
    optimizer.restore(restored.optimizerSteps());
    frozen.remember();
  }

  /** Puts the best parameters into the model. */
  public void useBestWeights() {
    weights().forEach((name, weight) -> Copies.copy(best.get(name), weight));
  }

  ParameterizedModel model() {
    return model;
  }

  Adam optimizer() {
    return optimizer;
  }

  FrozenComponents frozen() {
    return frozen;
  }

  void advance(TrainingPosition next) {
    position = next;
  }

  void keepAsBest() {
    weights().forEach((name, weight) -> Copies.copy(weight, best.get(name)));
  }

  @Override
  public void close() {
    objective.close();
    frozen.close();
    optimizer.close();
    manager.close();
  }
}
