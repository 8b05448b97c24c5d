package org.largevae.networks.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import java.util.function.Function;
import org.largevae.api.distribution.Draw;

/** An invertible map of latents that an example's own numbers steer. */
interface PosteriorStep {

  /**
   * Maps draws, and gives them their density after the map.
   *
   * @param draw values of shape (..., batch, M) with their log-density
   * @param steering what steers each example's map, shape (batch, C)
   * @param values gives the parameters' values
   * @return values of the same shape with theirs
   */
  Draw push(Draw draw, NDArray steering, Function<Parameter, NDArray> values);
}
