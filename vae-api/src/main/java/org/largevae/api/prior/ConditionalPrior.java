package org.largevae.api.prior;

import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Latents;

/** The prior of a level below others, {@code p(z_l | z above)}. */
public interface ConditionalPrior extends Component {

  /**
   * The distributions of a level's latents.
   *
   * @param above latents of the levels above, top first, each (..., M_j) with the same leading axes
   * @param pass the current pass
   * @return a batch (...) over (M_l); gradients reach the parameters and the latents above
   * @throws org.largevae.api.tensor.ShapeException if the latents above are of other sizes
   */
  Density given(Latents above, Pass pass);
}
