package org.largevae.networks.convolution;

import ai.djl.ndarray.NDArray;
import org.largevae.api.component.Pass;

/** Normalises maps. */
@FunctionalInterface
interface Normalizer {

  /**
   * Normalises.
   *
   * @param maps shape (N, channels, H, W)
   * @param pass the current pass
   * @param learns whether the maps are of examples that are being trained on, so that statistics
   *     are taken of them
   * @return the shape of the maps
   */
  NDArray of(NDArray maps, Pass pass, boolean learns);
}
