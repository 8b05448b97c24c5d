package org.largevae.api.prior;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.distribution.LatentDistribution;

/** A prior p(z) over latents. */
public interface Prior extends Component {

  /**
   * The prior with the present values of its parameters. Called once a pass, and once for a whole
   * evaluation: work that does not depend on z, such as encoding pseudo-inputs, belongs here.
   *
   * @param context what the prior may depend on
   * @return the distribution, good until the pass ends
   */
  LatentDistribution distribution(PriorContext context);

  /**
   * The points in data space that this prior is built on, for figures.
   *
   * @param pass the present pass
   * @return shape (K, D), within the data's bounds; empty for a prior without such points
   */
  default Optional<NDArray> pseudoInputs(Pass pass) {
    return Optional.empty();
  }
}
