package org.largevae.priors.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/** Predicts {@code v = alpha eps - sigma z} from {@code alpha z + sigma eps} and its level. */
interface Denoiser {

  /**
   * A prediction.
   *
   * @param value what it moves to, shape (n, M)
   * @param divergence {@code sum_m d value_m / d latents_m}, shape (n)
   */
  record Velocity(NDArray value, NDArray divergence) {}

  /**
   * The prediction.
   *
   * @param latents noisy z, shape (n, M)
   * @param gamma their levels, shape (n, 1) or (1, 1)
   * @return shape (n, M)
   */
  NDArray velocity(NDArray latents, NDArray gamma);

  /**
   * The prediction with its divergence.
   *
   * @param latents noisy z, shape (n, M)
   * @param gamma their levels, shape (n, 1) or (1, 1)
   * @return both
   */
  Velocity withDivergence(NDArray latents, NDArray gamma);

  /** The same with changed parameters. */
  Denoiser map(UnaryOperator<NDArray> change);
}
