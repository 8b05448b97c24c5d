package org.largevae.api.model;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Latents;

/**
 * The distributions that a model with latents in levels is made of, with the parameters of one
 * pass: what differs from model to model. {@link LevelsPass} computes with them. Levels are counted
 * from the top, which is 0.
 */
public interface LevelDistributions {

  /**
   * The current pass.
   *
   * @return the pass
   */
  Pass pass();

  /**
   * The posteriors of some examples; what they have in common for all draws is computed here.
   *
   * @param batch B examples
   * @return their posteriors
   */
  Posteriors posteriors(Batch batch);

  /**
   * The priors of all levels.
   *
   * @param batch the examples whose bound is asked for; empty for draws
   * @return the priors
   */
  Priors priors(Optional<Batch> batch);

  /**
   * The distributions of examples.
   *
   * @param latents of all levels
   * @return p(x|z)
   */
  Density decode(Latents latents);

  /**
   * The points in data space that the top prior is built on.
   *
   * @return shape (K, D); empty for a prior without such points
   */
  Optional<NDArray> pseudoInputs();

  /** The posteriors of some examples, q(z_l | x, z above). */
  @FunctionalInterface
  interface Posteriors {
    /**
     * The posteriors of a level.
     *
     * @param level counted from the top
     * @param above latents of the levels above, each (..., B, M_j)
     * @return a batch (B) at the top, else (..., B), over (M_l)
     */
    Distribution at(int level, Latents above);
  }

  /** The priors p(z_l | z above). */
  @FunctionalInterface
  interface Priors {
    /**
     * The prior of a level.
     *
     * @param level counted from the top
     * @param above latents of the levels above, each (..., M_j)
     * @return a batch () at the top, else (...), over (M_l)
     */
    Density at(int level, Latents above);
  }
}
