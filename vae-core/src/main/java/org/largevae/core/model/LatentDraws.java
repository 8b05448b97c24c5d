package org.largevae.core.model;

import ai.djl.ndarray.NDArray;

/** Latents drawn from the posteriors of a batch, z_s ~ q(z|x); good as long as their pass is. */
public interface LatentDraws {

  /**
   * The latents themselves.
   *
   * @return shape (S, B, M)
   */
  NDArray latents();

  /**
   * The two parts of the evidence lower bound at these latents. Draws nothing more.
   *
   * @return the parts
   */
  ElboTerms elboTerms();
}
