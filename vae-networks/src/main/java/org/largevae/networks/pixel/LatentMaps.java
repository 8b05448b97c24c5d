package org.largevae.networks.pixel;

/** What the first convolution of a {@link PixelCnnDecoder} sees of the latents' maps. */
public enum LatentMaps {
  /** The maps' pixels in the whole window, below and to the right included. */
  OPEN,
  /** Those that it sees of the picture: earlier pixels (Tomczak and Welling's code). */
  MASKED
}
