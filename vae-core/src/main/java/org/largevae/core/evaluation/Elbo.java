package org.largevae.core.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.stream.IntStream;
import org.largevae.api.model.Bound;

/**
 * The two parts of the evidence lower bound, means per example.
 *
 * @param reconstruction E_q[log p(x|z)], in nats
 * @param kl E_q[log q(z|x) - log p(z)], in nats
 * @param levelKls the same level by level of a model with several, top first, in nats; else none
 */
public record Elbo(double reconstruction, double kl, List<Double> levelKls) {

  /** Copies the list. */
  public Elbo {
    levelKls = List.copyOf(levelKls);
  }

  /**
   * Reads the sums over draws and examples from the device.
   *
   * @param bound of some examples
   * @return the parts
   */
  static Elbo sums(Bound bound) {
    List<Double> levels =
        bound.levels().size() == 1
            ? List.of()
            : bound.levels().stream().map(level -> read(level.kl().sum())).toList();
    return new Elbo(read(bound.reconstruction().sum()), read(bound.kl().sum()), levels);
  }

  /**
   * Adds sums of further examples.
   *
   * @param other of the same model
   * @return the total
   */
  Elbo plus(Elbo other) {
    return new Elbo(
        reconstruction + other.reconstruction,
        kl + other.kl,
        IntStream.range(0, other.levelKls.size())
            .mapToObj(i -> (levelKls.isEmpty() ? 0 : levelKls.get(i)) + other.levelKls.get(i))
            .toList());
  }

  /**
   * Makes sums means.
   *
   * @param count of the examples
   * @return the means
   */
  Elbo over(int count) {
    return new Elbo(
        reconstruction / count, kl / count, levelKls.stream().map(sum -> sum / count).toList());
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
