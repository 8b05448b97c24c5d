package org.largevae.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import org.largevae.api.objective.Loss;

/**
 * The loss of a step in numbers, means over the batch.
 *
 * @param value what was differentiated, in nats
 * @param reconstruction E_q[log p(x|z)], in nats
 * @param kl the divergence, unweighted, in nats
 */
record StepLoss(double value, double reconstruction, double kl) {

  /** Reads all parts from the device at once. */
  static StepLoss of(Loss loss) {
    NDList parts = new NDList();
    for (NDArray part : new NDArray[] {loss.value(), loss.reconstruction(), loss.kl()}) {
      parts.add(part.toType(DataType.FLOAT64, false));
    }
    double[] values = NDArrays.stack(parts).toDoubleArray();
    return new StepLoss(values[0], values[1], values[2]);
  }
}
