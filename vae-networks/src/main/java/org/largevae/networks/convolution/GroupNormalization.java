package org.largevae.networks.convolution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.networks.NetworkLayers;

/**
 * {@code weight_c (x - mean) / sqrt(variance + 1e-5) + bias_c}, with the mean and the variance over
 * all pixels of a group of channels of one example (Wu and He 2018, arXiv:1803.08494). The
 * parameters are {@code weight} and {@code bias}, one for each channel.
 */
final class GroupNormalization implements Normalizer {
  private static final float EPSILON = 1e-5f;

  private final int channels;
  private final int groups;
  private final Parameter weight;
  private final Parameter bias;

  /**
   * A layer; its parameters have no values yet.
   *
   * @param layers to which it is added
   * @param channels of the maps
   * @param groups a divisor of the channels
   */
  GroupNormalization(NetworkLayers layers, int channels, int groups) {
    this.channels = channels;
    this.groups = groups;
    ParameterBlock parameters = layers.add("norm", new ParameterBlock());
    this.weight = parameters.add("weight", new Shape(channels), Initializer.ONES);
    this.bias = parameters.add("bias", new Shape(channels), Initializer.ZEROS);
  }

  @Override
  public NDArray of(NDArray maps, Pass pass, boolean learns) {
    Shape shape = maps.getShape();
    NDArray rows = maps.reshape(shape.get(0) * groups, -1);
    Shape row = rows.getShape().slice(1);
    NDManager manager = maps.getManager();
    DataType type = maps.getDataType();
    // the same over all of a row; what is learnt differs between the channels in it
    NDArray normal =
        rows.getNDArrayInternal()
            .layerNorm(rows, row, manager.ones(row, type), manager.zeros(row, type), EPSILON)
            .singletonOrThrow();
    Shape each = new Shape(channels, 1, 1);
    return normal
        .reshape(shape)
        .mul(pass.value(weight).reshape(each))
        .add(pass.value(bias).reshape(each));
  }
}
