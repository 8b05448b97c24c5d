package org.largevae.api.network;

import ai.djl.ndarray.NDArray;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.distribution.Distribution;

/**
 * A family of approximate posteriors, q(z|x): what an encoder's output means. A family whose
 * density is known at every value gives a {@link org.largevae.api.distribution.Density}, and only
 * such posteriors can be components of a VampPrior; one that knows the density of its own draws
 * alone, such as an inverse autoregressive flow, gives a plain {@link Distribution}.
 */
public interface Posterior extends Component {

  /**
   * P, how many unconstrained numbers it needs for one example: for a diagonal Gaussian the means
   * and log variances of M latents, 2 M.
   *
   * @return at least 1
   */
  long parameters();

  /**
   * The distributions that an encoder's output stands for.
   *
   * @param parameters unconstrained, shape (..., P)
   * @param pass the current pass
   * @return a batch (...) over (M); gradients reach the parameters
   * @throws org.largevae.api.tensor.ShapeException if the parameters are of another shape
   */
  Distribution of(NDArray parameters, Pass pass);
}
