package org.largevae.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.function.Function;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.tensor.Tensors;

/**
 * {@code weight_c (x - mean_c) / sqrt(variance_c + 1e-5) + bias_c} (Ioffe and Szegedy 2015,
 * arXiv:1502.03167). Of examples that are being trained on, mean and variance are those of the
 * channel over all their pixels; of anything else they are running averages, so that no example
 * depends on those computed with it, and several draws of one example are normalised like any
 * others.
 *
 * <p>The running averages move by a tenth towards the mean, and the unbiased variance, of each
 * batch that is trained on. They are state: {@code running_mean} and {@code running_variance} are
 * saved and resumed with the parameters {@code weight} and {@code bias}, all of shape (channels).
 */
public final class BatchNormalization {
  private static final float EPSILON = 1e-5f;

  /** What the engine calls momentum: the share of the running averages that stays. */
  private static final float KEPT = 0.9f;

  private final Parameter weight;
  private final Parameter bias;
  private final Parameter mean;
  private final Parameter variance;

  /**
   * A normalisation; its parameters have no values yet.
   *
   * @param block gets the parameters and the state
   * @param prefix of their names, may be empty
   * @param channels of the maps
   */
  public BatchNormalization(ParameterBlock block, String prefix, int channels) {
    Shape each = new Shape(channels);
    this.weight = block.add(prefix + "weight", each, Initializer.ONES);
    this.bias = block.add(prefix + "bias", each, Initializer.ZEROS);
    this.mean = block.addState(prefix + "running_mean", each, Initializer.ZEROS);
    this.variance = block.addState(prefix + "running_variance", each, Initializer.ONES);
  }

  /**
   * Normalises by the statistics of the maps, and moves the running averages.
   *
   * @param maps of examples that are being trained on, shape (N, channels, H, W), more than one
   *     value a channel
   * @param pass of training
   * @return the shape of the maps
   */
  public NDArray learn(NDArray maps, Pass pass) {
    return learn(maps, pass, pass::value);
  }

  /**
   * As {@link #learn(NDArray, Pass)}, with the parameters' values as the caller has them.
   *
   * @param maps of examples that are being trained on, shape (N, channels, H, W), more than one
   *     value a channel
   * @param pass of training
   * @param values gives the parameters' values, perhaps without gradient
   * @return the shape of the maps
   */
  public NDArray learn(NDArray maps, Pass pass, Function<Parameter, NDArray> values) {
    // copies: the engine changes them in place, and backward reads those of an earlier call
    NDArray runningMean = copy(pass.value(mean), maps.getDataType());
    NDArray runningVariance = copy(pass.value(variance), maps.getDataType());
    NDArray normal = normalise(maps, values, runningMean, runningVariance, true);
    pass.assign(mean, copy(runningMean, DataType.FLOAT32));
    pass.assign(variance, copy(runningVariance, DataType.FLOAT32));
    return normal;
  }

  /**
   * Normalises by the running averages.
   *
   * @param maps shape (N, channels, H, W)
   * @param pass the current pass
   * @return the shape of the maps
   */
  public NDArray apply(NDArray maps, Pass pass) {
    return normalise(
        maps,
        pass::value,
        copy(pass.value(mean), maps.getDataType()),
        copy(pass.value(variance), maps.getDataType()),
        false);
  }

  private NDArray normalise(
      NDArray maps,
      Function<Parameter, NDArray> values,
      NDArray means,
      NDArray variances,
      boolean learns) {
    return maps.getNDArrayInternal()
        .batchNorm(
            maps,
            means,
            variances,
            values.apply(weight),
            values.apply(bias),
            1,
            KEPT,
            EPSILON,
            learns)
        .singletonOrThrow();
  }

  /**
   * The factor of each channel by the running averages, to be folded into what comes before.
   *
   * @param values gives the parameters' values
   * @return shape (channels)
   */
  public NDArray factor(Function<Parameter, NDArray> values) {
    return values.apply(weight).mul(Tensors.power(values.apply(variance).add(EPSILON), -0.5));
  }

  /**
   * What is added to each channel after {@link #factor}.
   *
   * @param values gives the parameters' values
   * @return shape (channels)
   */
  public NDArray offset(Function<Parameter, NDArray> values) {
    return values.apply(bias).sub(factor(values).mul(values.apply(mean)));
  }

  /** Of the type of the maps, which is not that of state where gradients are checked. */
  private static NDArray copy(NDArray values, DataType type) {
    return values.getDataType() == type ? values.duplicate() : values.toType(type, false);
  }
}
