package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

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

  /**
   * For a mixture of K components, the log of each one's share of the density: {@code log w_k + log
   * p_k(z)}, whose log-sum-exp over k is {@link #logProb}. An evaluation finds by it how many
   * components are in use.
   *
   * @param z latents, shape (N, M)
   * @return in nats, shape (N, K), float32 or float64; empty for what is no mixture
   */
  default Optional<NDArray> componentLogProb(NDArray z) {
    return Optional.empty();
  }
}
