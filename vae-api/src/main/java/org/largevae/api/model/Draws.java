package org.largevae.api.model;

import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.Latents;

/** Latents drawn from the posteriors of a batch, z_s ~ q(z|x); valid as long as their pass. */
public interface Draws {

  /**
   * The examples.
   *
   * @return B of them
   */
  Batch batch();

  /**
   * The pass that they were drawn in: an objective reads its state with {@link Pass#value}, and
   * changes it with {@link Pass#assign} if the pass is one of training.
   *
   * @return the pass
   */
  Pass pass();

  /**
   * The latents of all levels.
   *
   * @return each (S, B, M_l)
   */
  Latents latents();

  /**
   * The parts of the evidence lower bound at these latents. Draws nothing more, and computes
   * nothing twice if asked again.
   *
   * @return the bound
   */
  Bound bound();

  /**
   * The parts of the bound with other latents in the place of these, their log-densities under the
   * same posteriors included: for objectives that take gradients apart.
   *
   * @param latents of all levels, each (S, B, M_l)
   * @return the bound
   */
  Bound boundAt(Latents latents);
}
