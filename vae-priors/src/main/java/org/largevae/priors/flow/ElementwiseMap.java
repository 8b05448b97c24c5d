package org.largevae.priors.flow;

import ai.djl.ndarray.NDArray;

/** A family of increasing maps of single latents towards the base. Zero parameters are identity. */
interface ElementwiseMap {

  /**
   * How many parameters a map has.
   *
   * @return at least 1
   */
  int heads();

  /**
   * Maps latents towards the base.
   *
   * @param z shape (..., m)
   * @param parameters unconstrained, shape (..., heads m): m of each kind side by side
   * @return values and log-derivatives, each of shape (..., m)
   */
  Mapped toBase(NDArray z, NDArray parameters);

  /**
   * The inverse of {@link #toBase}.
   *
   * @param base shape (..., m)
   * @param parameters shape (..., heads m)
   * @return shape (..., m)
   */
  NDArray fromBase(NDArray base, NDArray parameters);
}
