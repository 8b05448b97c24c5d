package org.largevae.api.model;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Latents;
import org.largevae.api.distribution.Noise;

/** A model with the parameters of one pass. All arrays belong to the caller's scope. */
public interface ModelPass {

  /**
   * Draws latents of each example from its posterior. All random numbers that the bound needs are
   * drawn here.
   *
   * @param batch B examples
   * @param samples S, at least 1
   * @param noise the only source of random numbers
   * @return the draws
   * @throws org.largevae.api.tensor.ShapeException if the examples do not have D values
   */
  Draws draw(Batch batch, int samples, Noise noise);

  /**
   * {@link #draw(Batch, int, Noise)} with the engine's random numbers.
   *
   * @param batch B examples
   * @param samples S, at least 1
   * @return the draws
   */
  default Draws draw(Batch batch, int samples) {
    return draw(batch, samples, Noise.ENGINE);
  }

  /**
   * Latents that stand for the posteriors of all levels: their means, but on a sphere, inside which
   * the means lie, the mean directions.
   *
   * @param batch B examples
   * @return each (B, M_l)
   */
  Latents encode(Batch batch);

  /**
   * The posterior means of all levels.
   *
   * @param batch B examples
   * @return each (B, M_l); those of {@link #encode} unless overridden
   */
  default Latents means(Batch batch) {
    return encode(batch);
  }

  /**
   * The distributions of examples at latents.
   *
   * @param latents of all levels, each (..., M_l)
   * @return a batch (...) over (D)
   */
  Density decode(Latents latents);

  /**
   * Latents drawn from the prior, level by level.
   *
   * @param count how many
   * @param noise the only source of random numbers
   * @return each (count, M_l)
   */
  Latents sample(int count, Noise noise);

  /**
   * {@link #sample(int, Noise)} with the engine's random numbers.
   *
   * @param count how many
   * @return each (count, M_l)
   */
  default Latents sample(int count) {
    return sample(count, Noise.ENGINE);
  }

  /**
   * The prior of the top level, where it does not depend on a batch.
   *
   * @return p(z), a batch ()
   */
  Density prior();

  /**
   * The points in data space that the prior is built on.
   *
   * @return shape (K, D); empty for a prior without such points
   */
  Optional<NDArray> pseudoInputs();
}
