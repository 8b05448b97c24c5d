package org.largevae.core.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * The two parts of the evidence lower bound, means per example.
 *
 * @param reconstruction E_q[log p(x|z)], in nats
 * @param kl E_q[log q(z|x) - log p(z)], in nats
 */
public record Elbo(double reconstruction, double kl) {

  /**
   * Reads both parts from the device.
   *
   * @param reconstruction a scalar
   * @param kl a scalar
   * @return the parts
   */
  public static Elbo of(NDArray reconstruction, NDArray kl) {
    return new Elbo(read(reconstruction), read(kl));
  }

  /**
   * The negative bound, KL weighted.
   *
   * @param beta the weight of KL
   * @return {@code -RE + beta KL}, in nats
   */
  public double loss(double beta) {
    return beta * kl - reconstruction;
  }

  private static double read(NDArray scalar) {
    return scalar.getDataType() == DataType.FLOAT64 ? scalar.getDouble() : scalar.getFloat();
  }
}
