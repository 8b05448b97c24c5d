package org.largevae.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import org.largevae.api.model.Bound;
import org.largevae.api.objective.Loss;

/**
 * The loss of a step in numbers, means over the batch.
 *
 * @param value what was differentiated, in nats
 * @param reconstruction E_q[log p(x|z)], in nats
 * @param kl the divergence, unweighted, in nats
 * @param levelKls its terms of the draws, level by level from the top, in nats; none for one level
 */
record StepLoss(double value, double reconstruction, double kl, List<Double> levelKls) {

  /**
   * Reads all parts from the device at once.
   *
   * @param loss of a batch
   * @param levels of the same bound where there are several, top first; else none
   * @return the numbers
   */
  static StepLoss of(Loss loss, List<Bound.Level> levels) {
    NDList parts = new NDList();
    for (NDArray part : new NDArray[] {loss.value(), loss.reconstruction(), loss.kl()}) {
      parts.add(part.toType(DataType.FLOAT64, false));
    }
    for (Bound.Level level : levels) {
      parts.add(level.kl().mean().toType(DataType.FLOAT64, false));
    }
    double[] values = NDArrays.stack(parts).toDoubleArray();
    List<Double> levelKls = Arrays.stream(values).skip(3).boxed().toList();
    return new StepLoss(values[0], values[1], values[2], levelKls);
  }
}
