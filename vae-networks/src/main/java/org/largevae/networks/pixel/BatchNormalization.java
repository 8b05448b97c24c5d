package org.largevae.networks.pixel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.tensor.Tensors;

/**
 * Batch normalisation of a picture's channels, {@code gamma (x - mu) / sqrt(v + 1e-5) + beta}
 * (Ioffe and Szegedy 2015, arXiv:1502.03167). In training mu and v are the mean and variance over
 * examples and pixels of the batch, and the running ones move a tenth of the way to them, to the
 * unbiased variance; elsewhere they are the running ones, so that an example's values do not depend
 * on what stands beside it, not even on copies of itself.
 */
final class BatchNormalization {
  private static final float EPSILON = 1e-5f;

  /** How much of the running statistics stays at a step. */
  private static final float KEPT = 0.9f;

  private final Parameter scale;
  private final Parameter shift;
  private final Parameter runningMean;
  private final Parameter runningVariance;

  /**
   * A normalisation; its parameters have no values yet.
   *
   * @param block gets gamma, beta and, as state, the running statistics
   * @param prefix of their names
   * @param channels how many
   */
  BatchNormalization(ParameterBlock block, String prefix, int channels) {
    Shape shape = new Shape(channels);
    this.scale = block.add(prefix + "_scale", shape, Initializer.ONES);
    this.shift = block.add(prefix + "_shift", shape, Initializer.ZEROS);
    this.runningMean = block.addState(prefix + "_running_mean", shape, Initializer.ZEROS);
    this.runningVariance = block.addState(prefix + "_running_variance", shape, Initializer.ONES);
  }

  /**
   * Normalises by the statistics of a batch, and moves the running ones.
   *
   * @param x shape (n, channels, H, W)
   * @return the shape of x
   */
  NDArray train(NDArray x, PixelWeights weights) {
    NDArray mean = copy(weights.of(runningMean), x);
    NDArray variance = copy(weights.of(runningVariance), x);
    NDArray normalised =
        x.getNDArrayInternal()
            .batchNorm(
                x, mean, variance, weights.of(scale), weights.of(shift), 1, KEPT, EPSILON, true)
            .singletonOrThrow();
    weights.pass().assign(runningMean, mean);
    weights.pass().assign(runningVariance, variance);
    return normalised;
  }

  /** Of the type of x, which is not that of state where gradients are checked. */
  private static NDArray copy(NDArray state, NDArray x) {
    return state.duplicate().toType(x.getDataType(), false);
  }

  /** The factor of each channel by the running statistics, shape (channels). */
  NDArray factor(PixelWeights weights) {
    return weights.of(scale).mul(Tensors.power(weights.of(runningVariance).add(EPSILON), -0.5));
  }

  /** What is added to each channel by the running statistics, shape (channels). */
  NDArray offset(PixelWeights weights) {
    return weights.of(shift).sub(factor(weights).mul(weights.of(runningMean)));
  }
}
