package org.largevae.api.network;

import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Latents;
import org.largevae.api.likelihood.Likelihood;

/**
 * A decoder: gives {@code p(x | z)}, with the likelihood that it was made for. An autoregressive
 * decoder returns a density that runs its network when it is asked for {@code logProb(x)} and draws
 * value by value.
 */
public interface Decoder extends Component {

  /**
   * What its output means.
   *
   * @return the likelihood that it was made for
   */
  Likelihood likelihood();

  /**
   * The distributions of examples.
   *
   * @param latents of all levels, each (..., M_l)
   * @param pass the current pass
   * @return a batch (...) over (D)
   */
  Density decode(Latents latents, Pass pass);
}
