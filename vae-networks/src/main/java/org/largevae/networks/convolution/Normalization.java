package org.largevae.networks.convolution;

import ai.djl.ndarray.types.Shape;
import org.largevae.api.component.ParameterBlock;
import org.largevae.networks.BatchNormalization;
import org.largevae.networks.NetworkLayers;

/** What maps are normalised by before a residual network's activation functions. */
public enum Normalization {
  /** Nothing. */
  NONE,
  /**
   * The mean and variance of groups of an example's channels (Wu and He 2018, arXiv:1803.08494): no
   * example depends on another.
   */
  GROUP,
  /**
   * The mean and variance of each channel over a batch (Ioffe and Szegedy 2015, arXiv:1502.03167)
   * in training, and their running averages elsewhere.
   */
  BATCH;

  /**
   * A layer that normalises; its parameters have no values yet.
   *
   * @param layers to which it is added
   * @param channels of the maps
   * @param groups into how many groups the channels fall, where they are taken together
   */
  Normalizer of(NetworkLayers layers, int channels, int groups) {
    return switch (this) {
      case NONE -> (maps, pass, learns) -> maps;
      case GROUP -> new GroupNormalization(layers, channels, groups);
      case BATCH -> batch(layers, channels);
    };
  }

  /**
   * A single value has no variance: one example of one pixel is normalised by the running averages
   * also in training, and leaves them.
   */
  private static Normalizer batch(NetworkLayers layers, int channels) {
    BatchNormalization norm =
        new BatchNormalization(layers.add("norm", new ParameterBlock()), "", channels);
    return (maps, pass, learns) -> {
      Shape shape = maps.getShape();
      return learns && shape.get(0) * shape.get(2) * shape.get(3) > 1
          ? norm.learn(maps, pass)
          : norm.apply(maps, pass);
    };
  }
}
