package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;

/**
 * Approximate posteriors q(z|x) of a batch of B examples, one a row. Draws are reparameterised:
 * gradients flow through them to the encoder.
 */
public interface Posterior {

  /**
   * B, the number of posteriors.
   *
   * @return at least 1
   */
  long size();

  /**
   * The mean of each posterior.
   *
   * @return shape (B, M)
   */
  NDArray mean();

  /**
   * Independent draws from each posterior.
   *
   * @param count S, the draws from each, at least 1
   * @return shape (S, B, M)
   */
  NDArray sample(int count);

  /**
   * One draw from each posterior.
   *
   * @return shape (B, M)
   */
  default NDArray sample() {
    return sample(1).squeeze(0);
  }

  /**
   * Log-density of latents, each under the posterior of its own row.
   *
   * @param z shape (B, M) or (S, B, M)
   * @return in nats, shape (B) or (S, B)
   */
  NDArray logProb(NDArray z);

  /**
   * Log-density of every latent under every posterior.
   *
   * @param z shape (N, M)
   * @return in nats, shape (N, B), float32 or float64
   */
  NDArray logProbPairwise(NDArray z);

  /**
   * The posteriors of chosen rows.
   *
   * @param rows int64, shape (n), each from 0 to B - 1; may repeat
   * @return n posteriors
   */
  Posterior select(NDArray rows);
}
