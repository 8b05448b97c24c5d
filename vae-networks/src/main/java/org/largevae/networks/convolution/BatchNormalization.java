package org.largevae.networks.convolution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;

/**
 * {@code weight_c (x - mean_c) / sqrt(variance_c + 1e-5) + bias_c} (Ioffe and Szegedy 2015,
 * arXiv:1502.03167). Of examples that are being trained on, mean and variance are those of the
 * channel over all their pixels; of anything else they are running averages, so that no example
 * depends on those computed with it, several draws of one example are normalised like any others,
 * and pseudo-inputs in training as they are in evaluation.
 *
 * <p>The running averages move by a tenth towards the mean, and the unbiased variance, of each
 * batch that is trained on. They are state: {@code running_mean} and {@code running_variance} are
 * saved and resumed with the parameters {@code weight} and {@code bias}, all of shape (channels).
 */
final class BatchNormalization implements Normalizer {
  private static final float EPSILON = 1e-5f;

  /** What the engine calls momentum: the share of the running averages that stays. */
  private static final float KEPT = 0.9f;

  private final Parameter weight;
  private final Parameter bias;
  private final Parameter mean;
  private final Parameter variance;

  /**
   * A layer; its parameters have no values yet.
   *
   * @param layers to which it is added
   * @param channels of the maps
   */
  BatchNormalization(NetworkLayers layers, int channels) {
    ParameterBlock parameters = layers.add("norm", new ParameterBlock());
    Shape each = new Shape(channels);
    this.weight = parameters.add("weight", each, Initializer.ONES);
    this.bias = parameters.add("bias", each, Initializer.ZEROS);
    this.mean = parameters.addState("running_mean", each, Initializer.ZEROS);
    this.variance = parameters.addState("running_variance", each, Initializer.ONES);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A single value has no variance: one example of one pixel is normalised by the running
   * averages also in training, and leaves them.
   */
  @Override
  public NDArray of(NDArray maps, Pass pass, boolean learns) {
    Shape shape = maps.getShape();
    boolean learning = learns && shape.get(0) * shape.get(2) * shape.get(3) > 1;
    // copies: the engine changes them in place, and backward reads those of an earlier call
    NDArray runningMean = copy(pass.value(mean), maps.getDataType());
    NDArray runningVariance = copy(pass.value(variance), maps.getDataType());
    NDArray normal =
        maps.getNDArrayInternal()
            .batchNorm(
                maps,
                runningMean,
                runningVariance,
                pass.value(weight),
                pass.value(bias),
                1,
                KEPT,
                EPSILON,
                learning)
            .singletonOrThrow();
    if (learning) {
      pass.assign(mean, copy(runningMean, DataType.FLOAT32));
      pass.assign(variance, copy(runningVariance, DataType.FLOAT32));
    }
    return normal;
  }

  private static NDArray copy(NDArray values, DataType type) {
    return values.getDataType() == type ? values.duplicate() : values.toType(type, false);
  }
}
