package org.largevae.networks.convolution;

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
      case BATCH -> new BatchNormalization(layers, channels);
    };
  }
}
