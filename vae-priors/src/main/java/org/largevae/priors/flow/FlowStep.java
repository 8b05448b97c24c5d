package org.largevae.priors.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import java.util.function.Function;

/** An invertible map of R^M, one of several that a flow is made of. */
interface FlowStep {

  /**
   * Maps latents towards the base.
   *
   * @param z shape (..., M)
   * @param values gives the parameters' values
   * @return values of shape (..., M), and log |det| of shape (...)
   */
  Mapped toBase(NDArray z, Function<Parameter, NDArray> values);

  /**
   * The inverse of {@link #toBase}.
   *
   * @param base shape (..., M)
   * @param values gives the parameters' values
   * @return shape (..., M)
   */
  NDArray fromBase(NDArray base, Function<Parameter, NDArray> values);
}
