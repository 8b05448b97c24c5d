package org.largevae.networks.pixel;

/** What follows the convolutions of a {@link PixelCnnDecoder}. */
public enum PixelNormalization {
  /** A bias. */
  NONE,
  /** Batch normalisation with running statistics. */
  BATCH
}
