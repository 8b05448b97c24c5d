package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;

/** A distribution over latents z, for example a prior with its parameters' present values. */
public interface LatentDistribution {

  /**
   * Log-density, natural log, constants included.
   *
   * @param z latents, shape (N, M)
   * @return one value a row, in nats, shape (N), float32 or float64
   */
  NDArray logProb(NDArray z);

  /**
   * Independent draws.
   *
   * @param count how many, at least 1
   * @return latents, shape (count, M), float32
   */
  NDArray sample(int count);
}
