package org.largevae.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.largevae.core.engine.Copies;
import org.largevae.core.training.OptimizerSettings;
import org.largevae.core.model.VariationalAutoencoder;

/**
 * All that changes while a model is trained: its parameters, the best ones so far, the optimiser's
 * moments and the position. A checkpoint is a copy of this.
 */
public final class TrainingState implements AutoCloseable {
  private final VariationalAutoencoder model;
  private final Adam optimizer;
  private final NDManager manager;
  private final Map<String, NDArray> best = new LinkedHashMap<>();
  private TrainingPosition position = TrainingPosition.start();

  /**
   * The start of training. The best parameters are the model's own until an epoch is done.
   *
   * @param model the model to train; stays its owner's to close
   * @param settings the optimiser's
   */
  public TrainingState(VariationalAutoencoder model, OptimizerSettings settings) {
    this.model = model;
    this.optimizer = new Adam(settings, model.manager(), model.parameters());
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
    Map<String, NDArray> weights = new LinkedHashMap<>();
    for (Map.Entry<String, Parameter> entry : model.parameters().entrySet()) {
      weights.put(entry.getKey(), entry.getValue().getArray());
    }
    return weights;
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
   * The optimiser's moments.
   *
   * @return the arrays themselves, by name
   */
  public Map<String, NDArray> moments() {
    return optimizer.moments();
  }

  /**
   * Goes to a position whose arrays have been restored in place.
   *
   * @param restored the position
   */
  public void moveTo(TrainingPosition restored) {
    position = restored;
    optimizer.restore(restored.optimizerSteps());
  }

  /** Puts the best parameters into the model. */
  public void useBestWeights() {
    weights().forEach((name, weight) -> Copies.copy(best.get(name), weight));
  }

  VariationalAutoencoder model() {
    return model;
  }

  Adam optimizer() {
    return optimizer;
  }

  void advance(TrainingPosition next) {
    position = next;
  }

  void keepAsBest() {
    weights().forEach((name, weight) -> Copies.copy(weight, best.get(name)));
  }

  @Override
  public void close() {
    optimizer.close();
    manager.close();
  }
}
