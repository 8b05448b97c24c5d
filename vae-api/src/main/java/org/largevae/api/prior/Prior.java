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
   * @return a batch () over (M) at the top, (..., B) over (M) below; valid until the pass ends
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
   * The points in data space that this prior is built on, for figures.
   *
   * @param pass the current pass
   * @return shape (K, D), within the data's bounds; empty for a prior without such points
   */
  default Optional<NDArray> pseudoInputs(Pass pass) {
    return Optional.empty();
  }
}
