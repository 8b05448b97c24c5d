package org.largevae.api.prior;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.distribution.Density;

/** A prior over latents: p(z) at the top of a model, {@code p(z_l | z above)} below. */
public interface Prior extends Component {

  /**
   * The prior with the current values of its parameters. Work that does not depend on z, such as
   * encoding pseudo-inputs, belongs here.
   *
   * @param context what the prior may depend on
   * @return a batch () over (M) at the top, where it depends on the batch perhaps (B) over (M);
   *     (..., B) over (M) below; valid until the pass ends
   */
  Density distribution(PriorContext context);

  /**
   * Whether {@link #distribution} depends on the batch. If not, a top prior is asked once a pass,
   * and once for a whole evaluation.
   *
   * @return false unless overridden
   */
  default boolean dependsOnBatch() {
    return false;
  }

  /**
   * Brings state up to date that is computed from parameters and training examples, such as the
   * encodings that an exemplar prior is made of: change it with {@link Pass#assign}. Called once
   * before training and after the steps of every epoch, before its validation, with gradients off
   * and the training examples at hand. It does nothing unless overridden.
   *
   * @param context what the prior may depend on; without a batch
   */
  default void refresh(PriorContext context) {}

  /**
   * The points in data space that this prior is built on, for figures.
   *
   * @param pass the current pass
   * @return shape (K, D), within the data's bounds; empty for a prior without such points
   */
  default Optional<NDArray> pseudoInputs(Pass pass) {
    return Optional.empty();
  }
}
