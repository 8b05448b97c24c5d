package org.largevae.core.model;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/** A model with the parameters of one pass. All arrays belong to the caller's scope. */
public interface ModelPass {

  /**
   * Draws latents of each example from its posterior. All of the engine's random numbers that the
   * bound needs are drawn here.
   *
   * @param x examples, shape (B, D)
   * @param samples S, at least 1
   * @return the draws
   */
  LatentDraws draw(NDArray x, int samples);

  /**
   * The two parts of the evidence lower bound, at S draws of z for each example.
   *
   * @param x examples, shape (B, D)
   * @param samples S, at least 1
   * @return the parts
   */
  default ElboTerms elboTerms(NDArray x, int samples) {
    return draw(x, samples).elboTerms();
  }

  /**
   * The posterior means.
   *
   * @param x examples, shape (B, D)
   * @return shape (B, M)
   */
  NDArray encode(NDArray x);

  /**
   * What the model expects at given latents.
   *
   * @param z latents, shape (B, M)
   * @return the mean of p(x|z), shape (B, D)
   */
  NDArray decode(NDArray z);

  /**
   * Latents drawn from the prior.
   *
   * @param count how many
   * @return shape (count, M)
   */
  NDArray samplePrior(int count);

  /**
   * The prior's points in data space.
   *
   * @return shape (K, D), K = 0 for a prior without
   */
  NDArray pseudoInputs();

  /**
   * The share of each of the prior's components in its density at given latents.
   *
   * @param z latents, shape (N, M)
   * @return rows that sum to 1, shape (N, K), float64; empty for a prior that is no mixture
   */
  Optional<NDArray> responsibilities(NDArray z);

  /**
   * Finds where the values of the bound first cease to be finite. It draws as {@link #draw} does,
   * so that under the same seed it meets the same values. Slow: only for what has failed.
   *
   * @param x examples, shape (B, D)
   * @param samples S, at least 1
   * @return the component and what it gave, a clause for people; empty if all is finite
   */
  Optional<String> firstNotFinite(NDArray x, int samples);
}
